import type { FormField } from '@castellan/collection';
import { expect, test } from 'vitest';
import { encodeBody, sendsBody } from './body.ts';

const files: Readonly<Record<string, string>> = { 'a.txt': 'text', 'b.tar.gz': 'packed', unknown: '?' };

async function encodeForm(fields: readonly FormField[], contentType?: string) {
  const warnings: string[] = [];
  const body = await encodeBody(
    { kind: 'formdata', fields },
    { readFile, warn: (message) => warnings.push(message), contentType },
  );
  return { text: Buffer.from(body?.bytes ?? []).toString(), contentType: body?.contentType, warnings };
}

async function readFile(path: string): Promise<Uint8Array> {
  const text = files[path];
  if (text === undefined) throw new Error(`${path} no such file`);
  return Buffer.from(text);
}

function toFile(source: string, more: Partial<FormField> = {}): FormField {
  return { key: 'f', value: null, type: 'file', source: [source], ...more };
}

test('a boundary that the person chose is the one between the parts', async () => {
  const fields: FormField[] = [{ key: 'a', value: '1', type: 'text' }];
  const { text } = await encodeForm(fields, 'multipart/form-data; boundary=mine');
  expect(text).toBe('--mine\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--mine--\r\n');
  expect((await encodeForm(fields, 'multipart/mixed; boundary=mine')).text).not.toContain('mine');
});

test.each([
  ['a.txt', {}, 'text/plain'],
  ['a.txt', { fileName: 'renamed.json' }, 'text/plain'],
  ['a.txt', { contentType: 'image/own' }, 'image/own'],
  ['b.tar.gz', {}, 'application/gzip'],
  ['unknown', {}, 'application/octet-stream'],
])('the file %s with %o is sent as %s', async (source, more, type) => {
  expect((await encodeForm([toFile(source, more)])).text).toContain(`\r\nContent-Type: ${type}\r\n`);
});

test('a field without a file is sent empty, and a file that is not there is left out', async () => {
  const { text, warnings } = await encodeForm([toFile(''), toFile('missing', { key: 'g' })]);
  expect(text).toContain('name="f"; filename=""');
  expect(text).not.toContain('name="g"');
  expect(warnings).toEqual([
    'Form param `f`, file load error: missing file source',
    'Form param `g`, file load error: missing no such file',
  ]);
});

test('a body with nothing in it but what is switched off is none', () => {
  const off = { key: 'a', value: '1', disabled: true };
  expect(sendsBody('POST', { kind: 'urlencoded', fields: [off] }, false)).toBe(false);
  expect(sendsBody('POST', { kind: 'formdata', fields: [{ ...off, type: 'text' }] }, false)).toBe(false);
  expect(sendsBody('POST', { kind: 'urlencoded', fields: [off, { ...off, disabled: false }] }, false)).toBe(
    true,
  );
});
