const table = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 of a text's UTF-8 bytes as eight hexadecimal digits. Node 20.19 has no `zlib.crc32`. */
export function crc32(text: string): string {
  let value = ~0;
  // `table` has an entry for every byte.
  for (const byte of Buffer.from(text)) value = (value >>> 8) ^ (table[(value ^ byte) & 0xff] as number);
  return (~value >>> 0).toString(16).padStart(8, '0');
}
