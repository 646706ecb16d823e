import { useQuery } from '@tanstack/react-query';
import type * as operations from '../state/operations.ts';

export type Operations = typeof operations;

/** The definitions of Okta's API; they arrive after the page does, and are `undefined` until then. */
export function useOperations(): Operations | undefined {
  const { data } = useQuery({
    queryKey: ['operations'],
    queryFn: () => import('../state/operations.ts'),
    structuralSharing: false,
  });
  return data;
}
