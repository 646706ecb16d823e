import { z } from 'zod';
import { defineRoute } from './define.ts';

const LONGEST_WAIT = 3_600_000;

const milliseconds = (what: string) =>
  z.number().int().min(0, `${what} is 0 for none, or more.`).max(LONGEST_WAIT, `${what} is an hour at most.`);

const Proxy = z.discriminatedUnion('kind', [
  /** `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` of the process. */
  z.strictObject({ kind: z.literal('environment') }),
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('fixed'),
    address: z.string().refine(isProxyAddress, {
      message:
        'Write the proxy as http://proxy.example.com:8080. One that wants a name and password comes in by HTTPS_PROXY, so that they are not kept here.',
    }),
    /** Names with commas, as in `NO_PROXY`. */
    except: z.string(),
  }),
]);

export const Preferences = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Pixels of the text in editors and answers. */
  codeSize: z
    .number()
    .min(10, 'The text is 10 to 20 pixels high.')
    .max(20, 'The text is 10 to 20 pixels high.')
    .default(12),
  historyLength: z
    .number()
    .int()
    .min(0, 'The history keeps 0 to 5,000 requests.')
    .max(5000, 'The history keeps 0 to 5,000 requests.')
    .default(500),
  requestTimeout: milliseconds('The wait for an answer').default(0),
  scriptTimeout: milliseconds('The time of a script').default(0),
  followRedirects: z.boolean().default(true),
  checkCertificates: z.boolean().default(true),
  proxy: Proxy.default({ kind: 'environment' }),
  /** Keys of actions that a person changed, such as `mod+Enter`; null takes the key away. */
  shortcuts: z.record(z.string(), z.string().nullable()).default({}),
});
/** How a person wants the workbench, in every workspace. */
export type Preferences = z.infer<typeof Preferences>;

function isProxyAddress(text: string): boolean {
  const address = text.includes('://') ? text : `http://${text}`;
  if (!URL.canParse(address)) return false;
  const { protocol, username, password, hostname } = new URL(address);
  return /^https?:$/.test(protocol) && hostname !== '' && username === '' && password === '';
}

export const preferenceRoutes = {
  readPreferences: defineRoute({
    method: 'GET',
    path: '/api/preferences',
    summary: 'Read how a person wants the workbench',
    answer: Preferences,
  }),
  savePreferences: defineRoute({
    method: 'PUT',
    path: '/api/preferences',
    summary: 'Remember how a person wants the workbench, in every workspace',
    body: Preferences,
  }),
};
