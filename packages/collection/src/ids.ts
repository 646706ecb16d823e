/**
 * An identifier in the shape of a UUID made from the place of a thing, for things whose file names none. The
 * same place gives the same id, so that reading a file twice gives the same collection.
 */
export function toPlaceId(place: string): string {
  const words = [0x811c9dc5, 0x9747b28c, 0x3c6ef372, 0x1b873593].map((seed) => hash(place, seed));
  const hex = words.map((word) => word.toString(16).padStart(8, '0')).join('');
  // 8 marks an id made by a rule of its own (RFC 9562, section 5.8).
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** FNV-1a with a seed and a final mix (no secret depends on it: only equality matters). */
function hash(text: string, seed: number): number {
  let value = seed;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** Gives the places of siblings: the name, with a number where a name is used again. */
export function createPlaces(parent: string): (name: string) => string {
  const seen = new Map<string, number>();
  return (name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return `${parent}\u0000${name}${count === 1 ? '' : `\u0001${count}`}`;
  };
}
