import { codeRoutes } from './code.ts';
import { collectionRoutes } from './collections.ts';
import { cookieRoutes } from './cookies.ts';
import { environmentRoutes } from './environments.ts';
import { importRoutes } from './imports.ts';
import { orgRoutes } from './orgs.ts';
import { preferenceRoutes } from './preferences.ts';
import { runRoutes } from './runs.ts';
import { sendRoutes } from './sends.ts';
import { workbenchRoutes } from './workbench.ts';

export const routes = {
  ...workbenchRoutes,
  ...collectionRoutes,
  ...codeRoutes,
  ...cookieRoutes,
  ...environmentRoutes,
  ...importRoutes,
  ...orgRoutes,
  ...preferenceRoutes,
  ...runRoutes,
  ...sendRoutes,
};

export type Routes = typeof routes;
export type RouteName = keyof Routes;
