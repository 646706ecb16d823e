import { useQuery } from '@tanstack/react-query';
import type { EnvironmentView, OrgAnswer } from '@castellan/workbench/api';
import { ExternalLink, Play, RefreshCw, Square } from 'lucide-react';
import { call, queries, statusQuery } from '../../api.ts';
import { attempt, showDialog } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { callOrg } from '../../ui/call-org.ts';
import { Card } from '../../ui/card.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Facts } from '../../ui/facts.tsx';
import { isLoose, looseList } from '../../ui/loose.ts';
import { OrgDot } from '../../ui/org-dot.tsx';
import { toLogin } from '../../ui/use-tokens.ts';
import { useEnvironment } from '../../ui/use-variables.ts';
import { LimitsCard } from './limits-card.tsx';
import { LocalControls } from './local-controls.tsx';
import { TokenCard } from './token-card.tsx';

/** The org of the chosen environment at a glance; a local one can be turned, too. */
export function OrgScreen() {
  const environment = useEnvironment();
  const localOrg = useQuery(statusQuery).data?.localOrg ?? null;
  const isOwnOrg = localOrg !== null && environment?.host === new URL(localOrg.url).host;
  return (
    <main className="flex min-h-0 min-w-0 flex-1 flex-col overflow-auto bg-bg">
      {environment === undefined ? (
        <Empty
          isScreen
          title="No org chosen"
          action={<Button onClick={() => showDialog('environments')}>Manage environments</Button>}
        >
          Choose an environment at the top right to see its org: token, limits, people and admins.
        </Empty>
      ) : isOwnOrg && !localOrg.isRunning ? (
        <Empty
          isScreen
          title="The local org is stopped"
          action={
            <Button look="primary" onClick={() => void switchOrg(true)}>
              <Play size={12} aria-hidden /> Start the local org
            </Button>
          }
        >
          What it holds is kept, and it will answer at {localOrg.url} again.
        </Empty>
      ) : (
        <Org
          key={environment.id}
          environment={environment}
          adminUrl={isOwnOrg ? localOrg.adminUrl : undefined}
        />
      )}
    </main>
  );
}

async function switchOrg(isRunning: boolean): Promise<void> {
  await attempt(() => call('PUT /api/local-org', { body: { isRunning } }));
  await queries.invalidateQueries({ queryKey: ['org'] });
}

/** Pages of users that are counted at most, so that a glance does not use the limit up. */
const MOST_PAGES = 5;
const STALE_MS = 30_000;

interface OrgProps {
  readonly environment: EnvironmentView;
  /** Of the local org that runs beside the workbench. */
  readonly adminUrl: string | undefined;
}

function Org({ environment, adminUrl }: OrgProps) {
  const { id, name, org } = environment;
  const admins = useQuery({
    queryKey: ['org', id, 'admins'],
    queryFn: () => readAdmins(id),
    staleTime: STALE_MS,
  });
  const users = useQuery({
    queryKey: ['org', id, 'users'],
    queryFn: () => countUsers(id),
    staleTime: STALE_MS,
  });
  return (
    <div className="flex max-w-6xl flex-col gap-4 p-4">
      <header className="flex items-center gap-2.5">
        <OrgDot org={org} />
        <h1 className="text-lg font-semibold">{name}</h1>
        {org !== 'none' && (
          <span className={`text-sm ${org === 'production' ? 'text-bad' : 'text-ink-2'}`}>{org}</span>
        )}
        <span className="truncate font-mono text-sm text-ink-2">{environment.host}</span>
        <span className="ml-auto flex gap-2">
          {adminUrl !== undefined && (
            <>
              <a
                href={adminUrl}
                target="_blank"
                rel="noreferrer"
                className="inline-flex h-7 items-center gap-1.5 rounded-md border border-line-strong bg-raised px-2.5 text-sm font-medium hover:bg-hover"
              >
                Admin console <ExternalLink size={12} aria-hidden />
              </a>
              <Button onClick={() => void switchOrg(false)}>
                <Square size={12} aria-hidden /> Stop the org
              </Button>
            </>
          )}
          <Button onClick={() => void queries.invalidateQueries({ queryKey: ['org', id] })}>
            <RefreshCw size={12} aria-hidden /> Refresh
          </Button>
        </span>
      </header>
      <div className="grid grid-cols-2 gap-4">
        <TokenCard environment={environment} isOwnOrg={adminUrl !== undefined} />
        <LimitsCard environmentId={id} users={users.data?.limit} />
        <Card title="People by status" problem={users.error}>
          <Facts
            facts={Object.entries(users.data?.byStatus ?? {}).map(
              ([state, count]) => [state, count.toLocaleString('en')] as const,
            )}
          />
          {users.data?.isPartial === true && (
            <p className="text-sm text-ink-2">Of the first {(MOST_PAGES * 200).toLocaleString('en')} only.</p>
          )}
        </Card>
        <Card title="Admins" problem={admins.error}>
          <AdminNames admins={admins.data} />
        </Card>
      </div>
      {org === 'local' && <LocalControls environmentId={id} canRenewToken={adminUrl !== undefined} />}
    </div>
  );
}

interface Admins {
  readonly count: number;
  /** Of the first ones. */
  readonly logins: readonly string[];
}

function AdminNames({ admins }: { admins: Admins | undefined }) {
  if (admins === undefined) return <p className="text-ink-2">Not known yet.</p>;
  const { count, logins } = admins;
  return (
    <>
      <p>
        {count === 1
          ? 'One person has an admin role'
          : `${count.toLocaleString('en')} people have an admin role`}
      </p>
      <ul className="font-mono text-sm">
        {logins.map((login) => (
          <li key={login} className="truncate">
            {login}
          </li>
        ))}
      </ul>
      {count > logins.length && <p className="text-sm text-ink-2">and {count - logins.length} more</p>}
    </>
  );
}

/** Admins that are named: each costs a call. */
const MOST_NAMED = 5;

async function readAdmins(id: string): Promise<Admins> {
  const { body } = await callOrg(id, { method: 'GET', path: '/api/v1/iam/assignees/users' });
  const people = looseList(isLoose(body) ? body['value'] : undefined);
  const named = people.slice(0, MOST_NAMED).map(async (person) => {
    const path = `/api/v1/users/${encodeURIComponent(String(person['id']))}`;
    const user = (await callOrg(id, { method: 'GET', path })).body;
    return isLoose(user) ? toLogin(user) : '';
  });
  return { count: people.length, logins: await Promise.all(named) };
}

async function countUsers(id: string) {
  const byStatus: Record<string, number> = {};
  let path: string | undefined = '/api/v1/users?limit=200';
  let limit: OrgAnswer['limit'];
  for (let page = 0; page < MOST_PAGES && path !== undefined; page += 1) {
    const answer: OrgAnswer = await callOrg(id, { method: 'GET', path });
    for (const user of looseList(answer.body)) {
      const status = String(user['status']);
      byStatus[status] = (byStatus[status] ?? 0) + 1;
    }
    path = answer.next;
    limit = answer.limit;
  }
  return { byStatus, isPartial: path !== undefined, limit };
}
