import { parseUrl, type RequestItem } from '@castellan/collection';
import { expect, test } from 'vitest';
import { operations } from './apis/index.ts';
import type { OperationDefinition } from './define.ts';
import { writeSdkCode } from './sdk-code.ts';
import { sdkMethods } from './sdk-methods.ts';

function request(method: string, url: string, body?: string): RequestItem {
  return {
    kind: 'request',
    id: 'r',
    name: 'R',
    request: {
      method,
      url: parseUrl(url),
      headers: [{ key: 'Authorization', value: 'SSWS {{apikey}}' }],
      ...(body !== undefined && { body: { kind: 'raw', text: body } }),
    },
    variables: [],
    scripts: [],
    examples: [],
  };
}

test('calls the method of the SDK with what stands in path, query and body', () => {
  const body = '{"profile": {"login": "{{login}}", "tags": ["a", 1]}}';
  expect(writeSdkCode(request('POST', '{{url}}/api/v1/users?activate=true', body))).toMatchInlineSnapshot(`
    "import okta from "@okta/okta-sdk-nodejs";

    const client = new okta.Client({
      orgUrl: process.env.URL,
      token: process.env.APIKEY,
    });

    console.log(await client.userApi.createUser({
      activate: true,
      body: {
        "profile": {
          "login": process.env.LOGIN,
          "tags": [
            "a",
            1
          ]
        }
      },
    }));
    "
  `);
});

test('goes through every page of a list', () => {
  const values = new Map([['url', 'https://acme.example.com']]);
  const code = writeSdkCode(request('GET', '{{url}}/api/v1/groups/:groupId/users?limit=2'), { values });
  expect(code).toContain('orgUrl: "https://acme.example.com"');
  expect(code).toContain('groupId: process.env.GROUP_ID');
  expect(code).toContain('await items.each((item) => console.log(item));');
});

test('says so when the SDK has no method', () => {
  expect(writeSdkCode(request('GET', '{{url}}/api/v1/unknown'))).toBeUndefined();
});

test('names operations that are defined', () => {
  const shape = (path: string) => path.replaceAll(/\{\w+\}/g, '{}');
  const known = Object.values(operations).flatMap((api) =>
    Object.values<OperationDefinition>(api).map(({ method, path }) => `${method} ${shape(path)}`),
  );
  expect(Object.keys(sdkMethods).filter((one) => !known.includes(shape(one)))).toEqual([]);
});
