/** QuickJS's words for what a script did wrong, and the words of V8, which people search for and compare. */
const WORDS = [
  [/^'(.+)' is not defined$/, '$1 is not defined'],
  [/^cannot read property '(.*)' of (undefined|null)$/, "Cannot read properties of $2 (reading '$1')"],
  [/^cannot set property '(.*)' of (undefined|null)$/, "Cannot set properties of $2 (setting '$1')"],
  [/^'(.+)' is read-only$/, 'Assignment to constant variable.'],
  [/^unexpected end of input$/, 'Unexpected end of JSON input'],
];

function toWords(name, message) {
  if (!/^(?:Reference|Type|Syntax)Error$/.test(name)) return message;
  const found = WORDS.find(([pattern]) => pattern.test(message));
  return found === undefined ? message : message.replace(...found);
}

/** What was thrown, whatever it is: reading it must not run the script's code again unguarded. */
export function toError(thrown) {
  try {
    if (thrown !== null && typeof thrown === 'object' && 'message' in thrown) {
      const name = String(thrown.name ?? 'Error');
      const message = toWords(name, String(thrown.message));
      return { name, message, stack: String(thrown.stack ?? '') };
    }
    return { name: 'Error', message: String(thrown) };
  } catch {
    return { name: 'Error', message: 'The script threw a value that cannot be read.' };
  }
}
