/** A number as E.164, without what people write between the digits; `undefined` when it is no number. */
export function readPhone(text: string): string | undefined {
  const number = text.replaceAll(/[\s().-]/g, '');
  return /^\+\d{7,15}$/.test(number) ? number : undefined;
}

/** What may be shown before the person is known: the country and the last four digits. */
export function maskPhone(text: string): string {
  const digits = text.replaceAll(/\D/g, '');
  const country = digits.startsWith('1') ? '1' : digits.slice(0, 2);
  return `+${country} XXX-XXX-${digits.slice(-4)}`;
}
