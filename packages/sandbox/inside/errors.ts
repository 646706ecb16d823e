import type { ScriptError } from '../src/protocol.ts';
import { script } from './script.ts';

/**
 * QuickJS's words for what a script did wrong, and the words of V8, which people search for and compare. The first
 * pattern that fits counts; a name stands where V8 throws another kind of error.
 */
const WORDS: readonly (readonly [RegExp, string, string?])[] = [
  [/^'(.+)' is not defined$/, '$1 is not defined'],
  [/^(.+) is not initialized$/, "Cannot access '$1' before initialization"],
  [/^cannot read property 'Symbol\.iterator' of (undefined|null)$/, '$1 is not iterable'],
  [/^cannot read property '(.*)' of (undefined|null)$/, "Cannot read properties of $2 (reading '$1')"],
  [/^cannot set property '(.*)' of (undefined|null)$/, "Cannot set properties of $2 (setting '$1')"],
  [/^cannot convert to object$/, 'Cannot convert undefined or null to object'],
  [/^cannot convert bigint to number$/, 'Cannot mix BigInt and other types, use explicit conversions'],
  [/^cannot convert symbol to string$/, 'Cannot convert a Symbol value to a string'],
  [/^'(.+)' is read-only$/, 'Assignment to constant variable.'],
  [/^invalid 'instanceof' right operand$/, "Right-hand side of 'instanceof' is not callable"],
  [/^circular reference$/, 'Converting circular structure to JSON'],
  [/^class constructors must be invoked with 'new'$/, "Class constructor cannot be invoked without 'new'"],
  [/^empty array$/, 'Reduce of empty array with no initial value'],
  [/^invalid array length$/, 'Invalid array length'],
  [/^invalid repeat count$/, 'Invalid count value'],
  [/^expecting hex digit$/, 'URI malformed'],
  [/^stack overflow$/, 'Maximum call stack size exceeded', 'RangeError'],
  [/^unexpected end of input$/, 'Unexpected end of JSON input'],
  [/^could not load module .*/s, 'A dynamic import callback was not specified.', 'TypeError'],
];

const NATIVE = /^(?:Internal|Range|Reference|Syntax|Type|URI)Error$/;

/** What was thrown, whatever it is: reading it must not run the script's code again unguarded. */
export function toError(thrown: unknown): ScriptError {
  try {
    if (thrown !== null && typeof thrown === 'object' && 'message' in thrown) {
      const name = 'name' in thrown ? String(thrown.name ?? 'Error') : 'Error';
      const stack = 'stack' in thrown ? String(thrown.stack ?? '') : '';
      return { ...toWords(name, String(thrown.message), stack), stack };
    }
    return { name: 'Error', message: String(thrown) };
  } catch {
    return { name: 'Error', message: 'The script threw a value that cannot be read.' };
  }
}

function toWords(name: string, message: string, stack: string): { name: string; message: string } {
  if (!NATIVE.test(name)) return { name, message };
  if (message === 'not a function') return { name, message: nameCallee(stack) ?? message };
  for (const [pattern, words, kind] of WORDS)
    if (pattern.test(message)) return { name: kind ?? name, message: message.replace(pattern, words) };
  return { name, message };
}

function nameCallee(stack: string): string | undefined {
  const callee = findCallee(stack);
  if (callee === undefined) return undefined;
  return `${callee.name} is not a ${callee.isNew ? 'constructor' : 'function'}`;
}

/**
 * What a script tried to call, read in its source: QuickJS says only where the call's arguments begin.
 * @param stack as QuickJS writes it
 */
function findCallee(stack: string): { readonly name: string; readonly isNew: boolean } | undefined {
  const place = /^\s+at .*\(<input>:(\d+):(\d+)\)$/.exec(stack.split('\n')[0] ?? '');
  if (place === null) return undefined;
  // The source stands on the second line of what is compiled.
  const line = script.head.source.split('\n')[Number(place[1]) - 2];
  const before = line?.slice(0, Number(place[2]) - 1) ?? '';
  const found = /(\bnew\s+)?((?:[\w$]+|\))(?:\.[\w$]+|\[[^\]]*\])*)\s*$/.exec(before);
  if (found?.[2] === undefined) return undefined;
  const name = found[2].replace(/^\)/, '(intermediate value)').replace(/\[['"](\w+)['"]\]/g, '.$1');
  return { name, isNew: found[1] !== undefined };
}
