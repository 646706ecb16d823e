import { useQuery } from '@tanstack/react-query';
import type { EnvironmentView, Level } from '@castellan/workbench/api';
import { useMemo } from 'react';
import { environmentsQuery } from '../api.ts';
import { useStore } from '../state/store.ts';
import { listVariables, type KnownVariable } from '../state/variables.ts';

/** The environment that is chosen at the top right. */
export function useEnvironment(): EnvironmentView | undefined {
  const environmentId = useStore((state) => state.environmentId);
  return useQuery(environmentsQuery).data?.environments.find(({ id }) => id === environmentId);
}

/** What a request within these levels sees of the variables. */
export function useVariables(
  collectionId: string,
  levels: readonly Level[],
): ReadonlyMap<string, KnownVariable> {
  const { data } = useQuery(environmentsQuery);
  const environment = useEnvironment();
  const globals = data?.environments.find(({ scope }) => scope === 'globals');
  const collectionValues = data?.collections[collectionId];
  return useMemo(
    () => listVariables({ environment, globals, levels, collectionValues: collectionValues ?? [] }),
    [environment, globals, levels, collectionValues],
  );
}
