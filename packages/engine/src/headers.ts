/** One header, its name as it is written. */
export type HeaderLine = readonly [name: string, value: string];

/** The value of the last header of that name. */
export function findHeader(headers: readonly HeaderLine[], name: string): string | undefined {
  const lower = name.toLowerCase();
  return headers.findLast(([key]) => key.toLowerCase() === lower)?.[1];
}

/** The headers without those of that name. */
export function withoutHeader(headers: readonly HeaderLine[], name: string): HeaderLine[] {
  const lower = name.toLowerCase();
  return headers.filter(([key]) => key.toLowerCase() !== lower);
}

/** The headers with one of that name only, at the end. */
export function withHeader(headers: readonly HeaderLine[], name: string, value: string): HeaderLine[] {
  return [...withoutHeader(headers, name), [name, value]];
}
