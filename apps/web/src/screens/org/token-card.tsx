import { useQuery } from '@tanstack/react-query';
import { SOON_DAYS, type PlannedCall } from '@castellan/okta-api';
import type { EnvironmentView, OutlineItem } from '@castellan/workbench/api';
import { KeyRound } from 'lucide-react';
import { call, collectionsQuery, queries } from '../../api.ts';
import { attempt, tell } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../../ui/facts.tsx';
import { useOperations, type Operations } from '../../ui/use-operations.ts';
import { toDaysLeft, toLogin, useTokens } from '../../ui/use-tokens.ts';

const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

interface TokenCardProps {
  readonly environment: EnvironmentView;
  /** A new one can be made here. */
  readonly isOwnOrg: boolean;
}

/** Whose the token is, what it may do, when it ends, and whether less would do. */
export function TokenCard({ environment, isOwnOrg }: TokenCardProps) {
  const { owner, roles, tokens, problem } = useTokens(environment.id);
  const collections = useQuery(collectionsQuery).data?.collections ?? [];
  const calls = collections.flatMap(({ items }) => listCalls(items));
  const operations = useOperations();
  const next = tokens.map(({ expiresAt }) => toDaysLeft(expiresAt)).sort((a, b) => a - b)[0];
  const renew = async () => {
    const path = { environmentId: environment.id };
    const done = await attempt(async () => {
      await call('POST /api/environments/{environmentId}/token', { path });
      return true;
    });
    if (done !== true) return;
    tell(`“${environment.name}” has a new token.`);
    await queries.invalidateQueries({ queryKey: ['org', environment.id] });
  };
  return (
    <Card
      title="Token"
      problem={problem}
      action={
        isOwnOrg && (
          <Button onClick={() => void renew()}>
            <KeyRound size={12} aria-hidden /> New token
          </Button>
        )
      }
    >
      {next !== undefined && next <= SOON_DAYS && (
        <p role="alert" className="rounded-md bg-warn-soft px-2.5 py-1.5 text-warn">
          {next <= 0 ? 'A token of this owner ended.' : `A token of this owner ends in ${toDays(next)}.`} Okta
          gives a token 30 days after each use;{' '}
          {isOwnOrg ? 'use it or make a new one.' : 'use it, or make a new one in the admin console.'}
        </p>
      )}
      <Facts
        facts={[
          ['Owner', owner === undefined ? 'not known' : toLogin(owner)],
          ['Roles', roles.length === 0 ? 'none that is told' : roles.map(({ label }) => label).join(', ')],
          ...tokens.map(
            ({ name, expiresAt }) =>
              [name, `ends ${day.format(expiresAt)}, ${toDays(toDaysLeft(expiresAt))} left`] as const,
          ),
        ]}
      />
      {operations !== undefined && roles.length > 0 && calls.length > 0 && (
        <Rights advice={operations.adviseOnRoles(calls, roles)} labels={operations.roleLabels} />
      )}
    </Card>
  );
}

const toDays = (days: number): string => (days === 1 ? '1 day' : `${Math.max(0, days)} days`);

interface RightsProps {
  readonly advice: ReturnType<Operations['adviseOnRoles']>;
  readonly labels: Operations['roleLabels'];
}

/** The least role that the workspace's requests need, and what the owner's roles do not cover. */
function Rights({ advice: { enough, needsNone, refused, unknown }, labels }: RightsProps) {
  const [smallest] = enough;
  return (
    <>
      <p className="text-ink-2">
        {needsNone || smallest === undefined
          ? 'No request of this workspace whose rights are known needs an administrator.'
          : `Enough for every request of this workspace whose rights are known: ${labels[smallest]}.`}
        {unknown.length > 0 && ` Not known: ${unknown.length} requests.`}
      </p>
      {refused.length > 0 && (
        <p className="text-warn">
          Answered with 403, as the owner’s roles do not cover it:{' '}
          {refused.map(({ call }) => call.name).join(', ')}.
        </p>
      )}
    </>
  );
}

function listCalls(items: readonly OutlineItem[]): PlannedCall[] {
  return items.flatMap((item) => (item.kind === 'folder' ? listCalls(item.items) : [item]));
}
