import { expect, test } from 'vitest';
import { readCollection } from '../index.ts';
import { writeHar, type Exchange } from './write.ts';

const exchange: Exchange = {
  startedAt: 0,
  request: {
    method: 'POST',
    url: 'https://example.com/people?limit=1&q=a%20b',
    headers: [['Content-Type', 'application/json']],
    body: '{"name":"Ada"}',
    bodySize: 14,
  },
  response: {
    code: 201,
    status: 'Created',
    httpVersion: '1.1',
    headers: [['Content-Type', 'application/json']],
    bodyBase64: btoa('{"id":"p1"}'),
    size: { headers: 10, body: 11 },
    time: 30,
    timeline: { dns: 2, connect: 5, tls: 9, firstByte: 20, end: 30 },
  },
  comment: 'Create person',
};

test('writes times by stage, text as text and everything else in base64', () => {
  const image: Exchange = {
    ...exchange,
    response: { ...exchange.response!, headers: [['Content-Type', 'image/png']], bodyBase64: 'iVBORw==' }, // set above
  };
  const { log } = JSON.parse(writeHar([exchange, image], '1.2.3')) as {
    log: { entries: { timings: object; time: number; response: { content: object } }[] };
  };
  expect(log).toMatchObject({
    version: '1.2',
    creator: { name: 'Castellan', version: '1.2.3' },
    entries: [
      {
        time: 30,
        timings: { dns: 2, connect: 7, ssl: 4, wait: 11, receive: 10 },
        request: {
          queryString: [
            { name: 'limit', value: '1' },
            { name: 'q', value: 'a b' },
          ],
        },
        response: { content: { text: '{"id":"p1"}', size: 11 } },
      },
      { response: { content: { text: 'iVBORw==', encoding: 'base64' } } },
    ],
  });
});

test('says why no answer came', () => {
  const { response: _, ...unanswered } = exchange;
  const text = writeHar([{ ...unanswered, failure: 'Nobody answers.' }], '1');
  expect(JSON.parse(text)).toMatchObject({
    log: { entries: [{ response: { status: 0, _error: 'Nobody answers.' } }] },
  });
});

test('an archive that was written is read again', () => {
  const { collection } = readCollection(writeHar([exchange], '1'));
  expect(collection.items).toMatchObject([
    {
      request: { method: 'POST', body: { kind: 'raw', text: '{"name":"Ada"}' } },
      examples: [{ code: 201, body: '{"id":"p1"}' }],
    },
  ]);
});
