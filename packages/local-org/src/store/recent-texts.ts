/**
 * The texts that were made of the records read last. A record is replaced with every change, so a text that was made
 * of it stays true.
 */
export interface RecentTexts {
  /** The text of a record at an origin, made where it is not there. */
  of(record: object, origin: string, make: () => string): string;
}

/** @param most as many texts are kept; the oldest make room */
export function createRecentTexts(most: number): RecentTexts {
  const kept = new Map<object, { readonly origin: string; readonly text: string }>();
  return {
    of(record, origin, make) {
      const known = kept.get(record);
      if (known?.origin === origin) return known.text;
      const text = make();
      const [oldest] = kept.size < most ? [] : kept.keys();
      if (oldest !== undefined) kept.delete(oldest);
      kept.set(record, { origin, text });
      return text;
    },
  };
}
