import { useQueries } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { callOrg } from '../../ui/call-org.ts';
import { useEnvironment } from '../../ui/use-variables.ts';

/** A person, group or app of the chosen org. */
export interface OrgOffer {
  readonly key: string;
  readonly label: string;
  readonly place: string;
  /** Where it is read. */
  readonly path: string;
}

/** Fewer letters would bring half the org. */
const SHORTEST = 2;
const PAUSE_MS = 200;
const MOST_OF_EACH = 4;

const KINDS = [
  { name: 'User', list: '/api/v1/users', labelOf: ({ profile }: Thing) => profile?.login },
  { name: 'Group', list: '/api/v1/groups', labelOf: ({ profile }: Thing) => profile?.name },
  { name: 'App', list: '/api/v1/apps', labelOf: ({ label }: Thing) => label },
] as const;

interface Thing {
  readonly id: string;
  readonly label?: string;
  readonly profile?: { readonly login?: string; readonly name?: string };
}

/**
 * People, groups and apps whose names begin with a text, asked of the chosen org after a pause in typing.
 * @returns none without an org, and none of a kind that the org refuses
 */
export function useOrgOffers(wanted: string): readonly OrgOffer[] {
  const environment = useEnvironment();
  const settled = useSettled(wanted.trim());
  const isAsked = environment !== undefined && settled.length >= SHORTEST;
  const found = useQueries({
    queries: KINDS.map(({ list }) => ({
      queryKey: ['palette', environment?.id, list, settled],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        callOrg(
          environment?.id ?? '',
          { method: 'GET', path: `${list}?q=${encodeURIComponent(settled)}&limit=${MOST_OF_EACH}` },
          signal,
        ),
      enabled: isAsked,
      staleTime: 10_000,
      gcTime: 10_000,
    })),
  });
  if (!isAsked) return [];
  return KINDS.flatMap(({ name, list, labelOf }, index) =>
    readThings(found[index]?.data?.body)
      .slice(0, MOST_OF_EACH)
      .map((thing) => ({
        key: thing.id,
        label: labelOf(thing) ?? thing.id,
        place: `${name} of ${environment.name}`,
        path: `${list}/${thing.id}`,
      })),
  );
}

/** What was typed, once nothing more is. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

function readThings(body: unknown): Thing[] {
  if (!Array.isArray(body)) return [];
  // Okta: each of these lists holds objects with an id.
  return body.filter(
    (thing: unknown) => typeof thing === 'object' && thing !== null && 'id' in thing,
  ) as Thing[];
}
