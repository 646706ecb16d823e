import type { ConsolePage } from '../page.ts';
import { administrators } from './administrators.tsx';
import { app, appList } from './apps.tsx';
import { clock } from './clock.tsx';
import { dashboard } from './dashboard.tsx';
import { group, groupList } from './groups.tsx';
import { log } from './log.tsx';
import { messages } from './messages.tsx';
import { people } from './people.tsx';
import { person } from './person.tsx';
import { rules } from './rules.tsx';
import { settings } from './settings.tsx';
import { state } from './state.tsx';
import { tokenList } from './tokens.tsx';

/** Every page of the console. One line each. */
export const pages: readonly ConsolePage[] = [
  dashboard,
  people,
  person,
  groupList,
  group,
  rules,
  appList,
  app,
  administrators,
  tokenList,
  settings,
  log,
  messages,
  clock,
  state,
];
