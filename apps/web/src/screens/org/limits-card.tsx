import { useQueries } from '@tanstack/react-query';
import type { OrgAnswer } from '@castellan/workbench/api';
import { callOrg } from '../../ui/call-org.ts';
import { Card } from '../../ui/card.tsx';

/** One cheap read for each of the buckets that administrators meet. */
const READS = [
  ['/api/v1/users/{id}', 'me', '/api/v1/users/me'],
  ['/api/v1/groups', 'groups', '/api/v1/groups?limit=1'],
  ['/api/v1/apps', 'apps', '/api/v1/apps?limit=1'],
  ['/api/v1/logs', 'logs', '/api/v1/logs?limit=1'],
  ['/api/v1, everything else', 'tokens', '/api/v1/api-tokens'],
] as const;
const STALE_MS = 30_000;

interface LimitsCardProps {
  readonly environmentId: string;
  /** Of the list of users, which was read for its people. */
  readonly users: OrgAnswer['limit'];
}

/** What is left of each rate limit, as the org's own answers say. */
export function LimitsCard({ environmentId, users }: LimitsCardProps) {
  const answers = useQueries({
    queries: READS.map(([, what, path]) => ({
      queryKey: ['org', environmentId, what],
      queryFn: () => callOrg(environmentId, { method: 'GET' as const, path }),
      staleTime: STALE_MS,
    })),
  });
  const limits = [
    ['/api/v1/users', users] as const,
    ...READS.map(([name], index) => [name, answers[index]?.data?.limit] as const),
  ];
  const known = limits.filter(([, limit]) => limit !== undefined);
  return (
    <Card title="Limits left this minute">
      {known.length === 0 && <p className="text-ink-2">No answer told of a limit.</p>}
      <ul className="flex flex-col gap-2">
        {known.map(([name, limit]) =>
          limit === undefined ? null : (
            <li key={name} className="grid grid-cols-[1fr_110px_100px] items-center gap-3">
              <span className="truncate font-mono text-sm">{name}</span>
              <span
                role="meter"
                aria-label={`Left of ${name}`}
                aria-valuemin={0}
                aria-valuemax={limit.limit}
                aria-valuenow={limit.remaining}
                className="h-1.5 overflow-hidden rounded-full bg-active"
              >
                <span
                  className={`block h-full ${limit.remaining * 5 < limit.limit ? 'bg-warn' : 'bg-ok'}`}
                  style={{ width: `${(limit.remaining / Math.max(1, limit.limit)) * 100}%` }}
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
  );
}
