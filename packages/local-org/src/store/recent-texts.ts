/**
 * The texts that were made of the records read last. A record is replaced with every change, so a text that was made
 * of it stays true.
 */
export interface RecentTexts {
  /**
   * The text of a record, made where it is not there.
   * @param around what the text depends on besides
   */
  of(record: object, around: string, make: () => string): string;
}

/** @param most as many texts are kept; the oldest make room */
export function createRecentTexts(most: number): RecentTexts {
  const kept = new Map<object, { readonly around: string; readonly text: string }>();
  return {
    of(record, around, make) {
      const known = kept.get(record);
      if (known?.around === around) return known.text;
      const text = make();
      const [oldest] = kept.size < most ? [] : kept.keys();
      if (oldest !== undefined) kept.delete(oldest);
      kept.set(record, { around, text });
      return text;
    },
  };
}
