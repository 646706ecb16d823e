import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of a run that creates a user for each row. */
export interface ImportFiles {
  /** Arguments of `castellan run`. */
  readonly args: readonly string[];
  readonly logins: readonly string[];
  readonly files: { readonly collection: string; readonly environment: string; readonly data: string };
}

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** @param steps names of what is done for each row, from `Create` on */
export async function writeImport(
  folder: string,
  org: { readonly url: string; readonly token: string },
  rows: number,
  steps: readonly object[] = [createUser],
): Promise<ImportFiles> {
  const place = (name: string): string => join(folder, name);
  const logins = Array.from({ length: rows }, (_, row) => `row${row}@example.com`);
  const files = {
    collection: place('collection.json'),
    environment: place('environment.json'),
    data: place('data.csv'),
  };
  const values = { url: org.url, apikey: org.token };
  await writeFile(files.collection, JSON.stringify({ info: { name: 'Import users', schema }, item: steps }));
  await writeFile(
    files.environment,
    JSON.stringify({
      name: 'Test',
      values: Object.entries(values).map(([key, value]) => ({ key, value, enabled: true })),
    }),
  );
  await writeFile(
    files.data,
    `login,last\n${logins.map((login, row) => `${login},Row ${row}`).join('\n')}\n`,
  );
  const args = ['run', files.collection, '-e', files.environment, '-d', files.data];
  return { args, logins, files };
}

/** A request of a collection that knows the token. */
export function toItem(
  name: string,
  method: string,
  path: string,
  more: { body?: object; test?: string[] } = {},
) {
  const { body, test } = more;
  return {
    name,
    event: test === undefined ? [] : [{ listen: 'test', script: { exec: test } }],
    request: {
      method,
      url: `{{url}}${path}`,
      header: [
        { key: 'Authorization', value: 'SSWS {{apikey}}' },
        { key: 'Content-Type', value: 'application/json' },
      ],
      ...(body === undefined ? {} : { body: { mode: 'raw', raw: JSON.stringify(body) } }),
    },
  };
}

export const createUser = toItem('Create', 'POST', '/api/v1/users?activate=false', {
  body: { profile: { login: '{{login}}', email: '{{login}}', firstName: 'Row', lastName: '{{last}}' } },
});
