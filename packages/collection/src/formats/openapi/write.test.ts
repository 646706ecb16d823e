import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Collection } from '../../model.ts';
import { walkItems } from '../../tree.ts';
import { readCollection } from '../index.ts';
import { writeOpenApi } from './write.ts';

const packs = new URL('../../../../../packs/', import.meta.url);
const names = readdirSync(packs).filter((name) => name.endsWith('.json') && !name.includes('environment'));

function operationsOf(collection: Collection): string[] {
  const all = [...walkItems(collection)].flatMap(({ item }) =>
    item.kind === 'request'
      ? [
          `${item.request.method} /${(item.request.url.path ?? [])
            .map((one) => one.replaceAll(/\{\{([^{}]+)\}\}/g, ':$1'))
            .join('/')}`,
        ]
      : [],
  );
  return [...new Set(all)].sort();
}

test.each(names)('the operations of %s come back from the document that is written of it', (name) => {
  const { collection } = readCollection(readFileSync(new URL(name, packs), 'utf8'));
  const { text, notes } = writeOpenApi(collection);
  const again = readCollection(text).collection;
  expect(operationsOf(again)).toEqual(operationsOf(collection));
  expect(again.name).toBe(collection.name);
  expect(notes.map((one) => one.kind)).toEqual(['lost']);
});

test('writes parameters, bodies, answers and ways to sign in', () => {
  const source = {
    info: { name: 'Directory', description: 'All of it' },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}' }] },
    item: [
      {
        name: 'People',
        description: 'About people',
        item: [
          {
            name: 'Create person',
            request: {
              method: 'POST',
              url: '{{url}}/people/:id?activate=true',
              header: [
                { key: 'Content-Type', value: 'application/json' },
                { key: 'X-Trace', value: '1' },
              ],
              body: { mode: 'raw', raw: '{"name":"Ada"}' },
            },
            response: [
              {
                name: 'Made',
                code: 201,
                status: 'Created',
                header: [{ key: 'Content-Type', value: 'application/json' }],
                body: '{"id":"p1"}',
              },
            ],
          },
          {
            name: 'Create without a name',
            request: { method: 'POST', url: '{{url}}/people/:id?dry=1', body: { mode: 'raw', raw: '{}' } },
          },
        ],
      },
    ],
  };
  const { text } = writeOpenApi(readCollection(JSON.stringify(source)).collection);
  expect(text).toMatchInlineSnapshot(`
    "{
      "openapi": "3.1.0",
      "info": {
        "title": "Directory",
        "version": "1.0.0",
        "description": "All of it"
      },
      "servers": [
        {
          "url": "{url}",
          "variables": {
            "url": {
              "default": "https://example.com"
            }
          }
        }
      ],
      "tags": [
        {
          "name": "People",
          "description": "About people"
        }
      ],
      "paths": {
        "/people/{id}": {
          "post": {
            "operationId": "createPerson",
            "summary": "Create person",
            "tags": [
              "People"
            ],
            "parameters": [
              {
                "name": "id",
                "in": "path",
                "required": true,
                "schema": {
                  "type": "string"
                }
              },
              {
                "name": "activate",
                "in": "query",
                "required": false,
                "schema": {
                  "type": "string"
                },
                "example": "true"
              },
              {
                "name": "X-Trace",
                "in": "header",
                "required": false,
                "schema": {
                  "type": "string"
                },
                "example": "1"
              },
              {
                "name": "dry",
                "in": "query",
                "required": false,
                "schema": {
                  "type": "string"
                },
                "example": "1"
              }
            ],
            "requestBody": {
              "content": {
                "application/json": {
                  "examples": {
                    "Create-person": {
                      "summary": "Create person",
                      "value": {
                        "name": "Ada"
                      }
                    },
                    "Create-without-a-name": {
                      "summary": "Create without a name",
                      "value": {}
                    }
                  }
                }
              }
            },
            "responses": {
              "201": {
                "description": "Created",
                "content": {
                  "application/json": {
                    "examples": {
                      "Made": {
                        "summary": "Made",
                        "value": {
                          "id": "p1"
                        }
                      }
                    }
                  }
                }
              }
            },
            "security": [
              {
                "bearer": []
              }
            ]
          }
        }
      },
      "components": {
        "securitySchemes": {
          "bearer": {
            "type": "http",
            "scheme": "bearer"
          }
        }
      }
    }
    "
  `);
});
