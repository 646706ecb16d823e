import type { ScriptError } from '../src/protocol.ts';

/** QuickJS's words for what a script did wrong, and the words of V8, which people search for and compare. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^'(.+)' is not defined$/, '$1 is not defined'],
  [/^cannot read property '(.*)' of (undefined|null)$/, "Cannot read properties of $2 (reading '$1')"],
  [/^cannot set property '(.*)' of (undefined|null)$/, "Cannot set properties of $2 (setting '$1')"],
  [/^'(.+)' is read-only$/, 'Assignment to constant variable.'],
  [/^unexpected end of input$/, 'Unexpected end of JSON input'],
];

function toWords(name: string, message: string): string {
  if (!/^(?:Reference|Type|Syntax)Error$/.test(name)) return message;
  const found = WORDS.find(([pattern]) => pattern.test(message));
  return found === undefined ? message : message.replace(...found);
}

/** What was thrown, whatever it is: reading it must not run the script's code again unguarded. */
export function toError(thrown: unknown): ScriptError {
  try {
    if (thrown !== null && typeof thrown === 'object' && 'message' in thrown) {
      const name = 'name' in thrown ? String(thrown.name ?? 'Error') : 'Error';
      const message = toWords(name, String(thrown.message));
      return { name, message, stack: 'stack' in thrown ? String(thrown.stack ?? '') : '' };
    }
    return { name: 'Error', message: String(thrown) };
  } catch {
    return { name: 'Error', message: 'The script threw a value that cannot be read.' };
  }
}
