import { globalApi, pmApi } from '../src/pm-api.ts';
import type { PmMember } from '../src/pm-api.ts';

/** The declarations that editors complete scripts with: path from the root of the checkout → text. */
export function generate(): Readonly<Record<string, string>> {
  return { 'packages/sandbox/pm.d.ts': toDeclarations() };
}

/** Shapes that are written once and used by many members. */
const SHAPES = `
interface Pair {
  key: string;
  value: string;
  disabled?: boolean;
}

type Done<T> = (error: Error | null, value?: T) => void;

interface Test {
  (name: string, check?: (done: (error?: unknown) => void) => unknown): Pm;
  /** Counts as skipped. */
  skip(name: string, check?: (done: (error?: unknown) => void) => unknown): Pm;
  /** How many tests there were so far. */
  index(): number;
}

interface SendRequest {
  (request: string | object): Promise<Response>;
  (request: string | object, done: (error: Error | null, response: Response, more: { cookies: CookieList }) => void): void;
}
`;

function toDeclarations(): string {
  const groups = Object.entries(pmApi).map(
    ([name, members]) => `\ninterface ${name} {\n${members.map(toProperty).join('\n')}\n}\n`,
  );
  return [
    '// Generated from src/pm-api.ts by `npm run generate`. What a script can reach, for completion in an editor.\n',
    'declare namespace Sandbox {\n',
    indent(SHAPES + groups.join('')),
    '\n}\n\ndeclare const pm: Sandbox.Pm;\n',
    globalApi.map(({ name, type, says }) => `/** ${says} */\ndeclare const ${name}: ${type};\n`).join(''),
  ].join('');
}

function toProperty({ name, type, says }: PmMember): string {
  return `  /** ${says} */\n  ${name}: ${type};`;
}

function indent(text: string): string {
  return text.trim().replaceAll(/^(?=.)/gm, '  ');
}
