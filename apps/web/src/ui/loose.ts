/** An object of an answer whose members nobody has checked. */
export type Loose = Readonly<Record<string, unknown>>;

export const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null;

/** The objects of a list; none when it is no list. */
export function looseList(value: unknown): readonly Loose[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.filter(isLoose);
}
