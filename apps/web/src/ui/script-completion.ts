import {
  snippetCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import declarations from '@castellan/sandbox/pm.d.ts?raw';
import { findMembers, readDeclarations, type Member } from './script-declarations.ts';
import { SNIPPETS } from './script-snippets.ts';

const api = readDeclarations(declarations);

/** What chai's assertions are made of: they are no members that could be declared one by one. */
const ASSERTIONS: Readonly<Record<string, readonly Member[]>> = {
  to: [
    { name: 'have', type: '', says: 'have.status(200), have.header(name), have.jsonBody(path)' },
    { name: 'be', type: '', says: 'be.ok, be.json' },
    { name: 'not', type: '', says: 'The opposite of what follows.' },
  ],
  have: [
    { name: 'status', type: '(code: number) => any', says: 'The status is this.' },
    { name: 'header', type: '(name: string) => any', says: 'There is such a header.' },
    { name: 'jsonBody', type: '(path: string) => any', says: 'The body is JSON and has this.' },
    { name: 'jsonSchema', type: '(schema: object) => any', says: 'The body is JSON that fits a schema.' },
    { name: 'body', type: '(text: string) => any', says: 'The body is this text.' },
  ],
  be: [
    { name: 'ok', type: '', says: '200' },
    { name: 'success', type: '', says: 'Of the 200s' },
    { name: 'clientError', type: '', says: 'Of the 400s' },
    { name: 'serverError', type: '', says: 'Of the 500s' },
    { name: 'json', type: '', says: 'JSON' },
    { name: 'unauthorized', type: '', says: '401' },
    { name: 'forbidden', type: '', says: '403' },
    { name: 'notFound', type: '', says: '404' },
    { name: 'rateLimited', type: '', says: '429' },
  ],
};

const CONSOLE: readonly Member[] = ['log', 'info', 'warn', 'error'].map((name) => ({
  name,
  type: '(...values: unknown[]) => void',
  says: 'Writes into the console.',
}));

const snippets: readonly Completion[] = SNIPPETS.map(({ label, code }) =>
  snippetCompletion(code, { label, detail: 'snippet', boost: -1 }),
);

/** Completes what scripts can reach by what stands before the caret, and offers snippets where a statement begins. */
export function completeScript(context: CompletionContext): CompletionResult | null {
  const chain = context.matchBefore(/[\w$]+(?:\([^()]*\))?(?:\.[\w$]+(?:\([^()]*\))?)*\.?/);
  if (chain === null) return context.explicit ? { from: context.pos, options: [...snippets] } : null;
  const dot = chain.text.lastIndexOf('.');
  if (dot === -1) {
    const globals = [...api.globals, { name: 'console', type: '', says: 'The console at the bottom.' }];
    return { from: chain.from, options: [...globals.map(toCompletion), ...snippets], validFor: /^\w*$/ };
  }
  const members = listMembers(chain.text.slice(0, dot));
  if (members === undefined) return null;
  return { from: chain.from + dot + 1, validFor: /^\w*$/, options: members.map(toCompletion) };
}

function listMembers(chain: string): readonly Member[] | undefined {
  if (chain === 'console') return CONSOLE;
  const last = /(\w+)$/.exec(chain)?.[1] ?? '';
  const isAssertion = /\.to(\.|$)/.test(chain) || chain.startsWith('pm.expect(');
  return isAssertion ? ASSERTIONS[last === 'not' ? 'to' : last] : findMembers(api, chain);
}

function toCompletion({ name, type, says }: Member): Completion {
  const about = { label: name, detail: type, info: says };
  const parameters = /^(?:<\w+>)?\((.*?)\) =>/.exec(type)?.[1];
  if (parameters === undefined) return about;
  const names = [...parameters.matchAll(/(?:^|, )(\w+):/g)].map(([, parameter]) => `\${${parameter}}`);
  return snippetCompletion(`${name}(${names.join(', ')})`, about);
}
