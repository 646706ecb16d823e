import { expect, it } from 'vitest';
import { addEntries, toFilter } from './log-events.ts';

const event = (uuid: string) => ({
  uuid,
  published: '2026-01-01T00:00:00.000Z',
  eventType: 'user.session.start',
  outcome: { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' },
  actor: { alternateId: 'ines.baker@example.com' },
});

it('adds every event once, the newest first', () => {
  const first = addEntries([], [event('a'), event('b')]);
  const second = addEntries(first, [event('b'), event('c')]);
  expect(second.map(({ uuid }) => uuid)).toEqual(['c', 'b', 'a']);
  expect(addEntries(second, [event('a')])).toBe(second);
  expect(second[0]?.row).toMatchObject({
    outcome: 'FAILURE: INVALID_CREDENTIALS',
    actor: 'ines.baker@example.com',
  });
});

it('writes conditions as Okta’s filter reads them', () => {
  expect(
    toFilter([
      { attribute: 'eventType', operator: 'eq', value: 'user.session.start' },
      { attribute: 'actor.alternateId', operator: 'co', value: 'a"b' },
      { attribute: 'severity', operator: 'eq', value: '' },
    ]),
  ).toBe('eventType eq "user.session.start" and actor.alternateId co "a\\"b"');
});
