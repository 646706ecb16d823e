import type { EnvironmentView } from '@castellan/workbench/api';

const DOTS: Readonly<Record<EnvironmentView['org'], string>> = {
  local: 'bg-ok',
  preview: 'bg-warn',
  production: 'bg-bad',
  none: 'bg-line-strong',
};

/** Which kind of org an environment points at, by its colour. */
export function OrgDot({ org }: { org: EnvironmentView['org'] }) {
  return <span aria-hidden className={`size-2 shrink-0 rounded-full ${DOTS[org]}`} />;
}
