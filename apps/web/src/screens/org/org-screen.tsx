import { useQuery } from '@tanstack/react-query';
import type { OrgAnswer } from '@castellan/workbench/api';
import { ExternalLink, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { statusQuery } from '../../api.ts';
import { showDialog } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { callOrg } from '../../ui/call-org.ts';
import { Empty } from '../../ui/empty.tsx';
import { isLoose, looseList, type Loose } from '../../ui/loose.ts';
import { OrgDot } from '../../ui/org-dot.tsx';
import { useEnvironment } from '../../ui/use-variables.ts';
import { LocalControls } from './local-controls.tsx';

/** The org of the chosen environment at a glance; a local one can be turned, too. */
export function OrgScreen() {
  const environment = useEnvironment();
  return (
    <main className="min-h-0 min-w-0 flex-1 overflow-auto bg-bg">
      {environment === undefined ? (
        <Empty
          title="No org chosen"
          action={<Button onClick={() => showDialog('environments')}>Manage environments</Button>}
        >
          Choose an environment at the top right to see its org: token, limits, people and admins.
        </Empty>
      ) : (
        <Org key={environment.id} id={environment.id} name={environment.name} org={environment.org} />
      )}
    </main>
  );
}

interface OrgProps {
  readonly id: string;
  readonly name: string;
  readonly org: 'local' | 'preview' | 'production' | 'none';
}

/** Pages of users that are counted at most, so that a glance does not use the limit up. */
const MOST_PAGES = 5;

function Org({ id, name, org }: OrgProps) {
  const read = (what: string, path: string) => ({
    queryKey: ['org', id, what],
    queryFn: () => callOrg(id, { method: 'GET' as const, path }),
    staleTime: 30_000,
  });
  const me = useQuery(read('me', '/api/v1/users/me'));
  const tokens = useQuery(read('tokens', '/api/v1/api-tokens'));
  const admins = useQuery(read('admins', '/api/v1/iam/assignees/users'));
  const groups = useQuery(read('groups', '/api/v1/groups?limit=1'));
  const users = useQuery({
    queryKey: ['org', id, 'users'],
    queryFn: () => countUsers(id),
    staleTime: 30_000,
  });
  const status = useQuery(statusQuery).data;
  const owner = isLoose(me.data?.body) ? me.data.body : undefined;
  const own = looseList(tokens.data?.body).filter((token) => token['userId'] === owner?.['id']);
  const limits = [
    ['/api/v1/users/{id}', me.data?.limit],
    ['/api/v1/users', users.data?.limit],
    ['/api/v1/groups', groups.data?.limit],
    ['/api/v1/api-tokens', tokens.data?.limit],
  ] as const;
  const refresh = () => void Promise.all([me, tokens, admins, groups, users].map((query) => query.refetch()));
  return (
    <div className="flex max-w-6xl flex-col gap-4 p-4">
      <header className="flex items-center gap-2.5">
        <OrgDot org={org} />
        <h1 className="text-lg font-semibold">{name}</h1>
        {org === 'production' && <span className="text-sm text-bad">production</span>}
        <span className="ml-auto flex gap-2">
          {org === 'local' && status?.localOrg !== undefined && status.localOrg !== null && (
            <a
              href={status.localOrg.adminUrl}
              target="_blank"
              rel="noreferrer"
              className="inline-flex h-7 items-center gap-1.5 rounded-md border border-line-strong bg-raised px-2.5 text-sm font-medium hover:bg-hover"
            >
              Admin console <ExternalLink size={12} aria-hidden />
            </a>
          )}
          <Button onClick={refresh}>
            <RefreshCw size={12} aria-hidden /> Refresh
          </Button>
        </span>
      </header>
      <div className="grid grid-cols-2 gap-4">
        <Card title="Token" problem={me.error ?? tokens.error}>
          <Facts
            facts={[
              ['Owner', nameOf(owner)],
              ...own.map(
                (token) =>
                  [String(token['name'] ?? 'Token'), `expires ${toDay(token['expiresAt'])}`] as const,
              ),
            ]}
          />
        </Card>
        <Card title="Limits left this minute" problem={null}>
          <ul className="flex flex-col gap-2">
            {limits.map(([path, limit]) =>
              limit === undefined ? null : (
                <li key={path} className="grid grid-cols-[1fr_120px_110px] items-center gap-3">
                  <span className="truncate font-mono text-sm">{path}</span>
                  <span className="h-1.5 overflow-hidden rounded-full bg-active">
                    <span
                      className="block h-full bg-ok"
                      style={{ width: `${(limit.remaining / limit.limit) * 100}%` }}
                    />
                  </span>
                  <span className="text-right tabular-nums">
                    {limit.remaining.toLocaleString('en')} of {limit.limit.toLocaleString('en')}
                  </span>
                </li>
              ),
            )}
          </ul>
        </Card>
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
          <p>{describeAdmins(admins.data?.body)}</p>
        </Card>
      </div>
      {org === 'local' && <LocalControls environmentId={id} />}
    </div>
  );
}

function describeAdmins(body: unknown): string {
  if (!isLoose(body) || !Array.isArray(body['value'])) return 'Not known.';
  const { length } = body['value'];
  return length === 1
    ? 'One person has an admin role.'
    : `${length.toLocaleString('en')} people have an admin role.`;
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

function nameOf(user: Loose | undefined): string {
  const profile = user?.['profile'];
  return isLoose(profile) ? String(profile['login'] ?? '') : 'not known';
}

const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

function toDay(value: unknown): string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value))
    ? day.format(new Date(value))
    : 'never';
}

function Facts({ facts }: { facts: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(100px,auto)_1fr] gap-x-4 gap-y-1.5">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-2">{name}</dt>
          <dd className="truncate tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface CardProps {
  readonly title: string;
  readonly problem: Error | null;
  readonly children: ReactNode;
}

function Card({ title, problem, children }: CardProps) {
  return (
    <section
      aria-label={title}
      className="flex flex-col gap-2.5 rounded-lg border border-line bg-raised p-4 text-[12.5px]"
    >
      <h2 className="text-md font-semibold">{title}</h2>
      {problem === null ? (
        children
      ) : (
        <p role="alert" className="text-bad">
          {problem.message}
        </p>
      )}
    </section>
  );
}
