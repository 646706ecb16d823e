/** A piece of a text: as it stands, or the value of a variable that is known when the code runs. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string };

/**
 * What becomes of `{{names}}` that have no value: `environment` reads them from the environment of the process
 * that runs the code, `kept` leaves them as they are, for a text that is imported again.
 */
export type Variables = 'environment' | 'kept';

/** Cuts a text at its variables; pieces without text are left out. */
export function toPieces(text: string, variables: Variables): Piece[] {
  const plain = withoutHalves(text);
  if (variables === 'kept') return [{ kind: 'text', text: plain }];
  const pieces = plain
    .split(/\{\{([^{}]+)\}\}/)
    .map((part, index): Piece =>
      index % 2 === 0 ? { kind: 'text', text: part } : { kind: 'variable', name: part.trim() },
    );
  const said = pieces.filter((one) => one.kind === 'variable' || one.text !== '');
  return said.length === 0 ? [{ kind: 'text', text: '' }] : said;
}

/** The name that a variable has among the variables of a process: `userId` is `USER_ID`. */
function toEnvironmentName(name: string): string {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/\W+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toUpperCase();
  return /^[A-Z_]/.test(words) ? words : `_${words}`;
}

/** An expression of a language: pieces written by its rules and joined by its operator. */
export function writeExpression(
  pieces: readonly Piece[],
  write: { readonly text: (text: string) => string; readonly variable: (name: string) => string },
  operator: string,
): string {
  return pieces
    .map((one) => (one.kind === 'text' ? write.text(one.text) : write.variable(toEnvironmentName(one.name))))
    .join(operator);
}

/**
 * The same in a language that joins texts between double quotes with `+`.
 * @param variable reads a variable of the process
 */
export function writeQuoted(text: string, variables: Variables, variable: (name: string) => string): string {
  return writeExpression(toPieces(text, variables), { text: quote, variable }, ' + ');
}

/** The name of a file without the folders before it, whichever system wrote the path. */
export function toFileName(path: string): string {
  return path.replace(/^.*[\\/]/, '');
}

/** A text between double quotes, as JavaScript, Python, Go, Java and C# read it alike. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

/** Half of a surrogate pair is no character in any of the languages. */
function withoutHalves(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}
