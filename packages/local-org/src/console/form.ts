import type { Form } from './page.ts';

/** What the browser sent, or an empty form. */
export function readForm(data: FormData = new FormData()): Form {
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  return {
    text,
    number(name) {
      const value = text(name);
      const number = Number(value);
      return value === '' || Number.isNaN(number) ? undefined : number;
    },
    isOn: (name) => data.has(name),
    all: (name) => data.getAll(name).filter((value) => typeof value === 'string'),
  };
}
