/** What a JSONPath found, laid out; or why it could not be read. */
export interface Selection {
  readonly lines: readonly string[] | undefined;
  readonly problem: string | undefined;
}

/**
 * Finds what a JSONPath (RFC 9535) names.
 * @param path `$` at its beginning may be left out
 */
export async function selectByPath(json: unknown, path: string): Promise<Selection> {
  const { jsonpath } = await import('json-p3');
  try {
    // The library's values are JSON, and so is what was parsed.
    const found = jsonpath.query(path.startsWith('$') ? path : `$.${path}`, json as never).values();
    if (found.length === 0) return { lines: [], problem: 'Nothing in the answer has this path.' };
    return { lines: JSON.stringify(found, null, 2).split('\n'), problem: undefined };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'it cannot be read';
    return { lines: undefined, problem: `This is no JSONPath: ${reason}` };
  }
}
