/** What was thrown, whatever it is: reading it must not run the script's code again unguarded. */
export function toError(thrown) {
  try {
    if (thrown !== null && typeof thrown === 'object' && 'message' in thrown) {
      const name = String(thrown.name ?? 'Error');
      const message = String(thrown.message);
      return { name, message, stack: String(thrown.stack ?? '') };
    }
    return { name: 'Error', message: String(thrown) };
  } catch {
    return { name: 'Error', message: 'The script threw a value that cannot be read.' };
  }
}
