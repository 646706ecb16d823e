import type { AuthScheme } from './scheme.ts';

export const noauth: AuthScheme = {
  label: 'No auth',
  fields: [],
  apply: (request) => request,
};
