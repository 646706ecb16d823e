import type { ScriptJob } from './protocol.ts';

/** A script that does what most scripts do, in surroundings made up for it. */
export const USUAL_JOB: ScriptJob = {
  listen: 'test',
  source: `
    const { id } = pm.response.json();
    pm.test('status', () => pm.response.to.have.status(200));
    pm.test('id', () => pm.expect(id).to.be.a('string').and.to.equal(pm.iterationData.get('id')));
    pm.test('header', () => pm.expect(pm.response.headers.get('x-name')).to.equal('value'));
    pm.test('time', () => pm.expect(pm.response.responseTime).to.be.below(5000));
    pm.environment.set('id', pm.variables.get('id'));
    pm.collectionVariables.set('id', id);
    console.log(id);`,
  name: 'Usual',
  info: {
    eventName: 'test',
    iteration: 0,
    iterationCount: 1,
    requestName: 'Usual',
    requestId: 'usual',
    location: ['Usual'],
  },
  scopes: {
    globals: [],
    collection: [],
    environment: [{ key: 'name', value: 'value', type: 'any' }],
    data: { id: '1' },
    local: [],
  },
  request: { method: 'GET', url: 'https://example.com/', header: [{ key: 'Accept', value: '*/*' }] },
  response: {
    code: 200,
    status: 'OK',
    headers: [
      { key: 'Content-Type', value: 'application/json' },
      { key: 'X-Name', value: 'value' },
    ],
    body: Buffer.from('{"id":"1"}'),
    responseTime: 1,
  },
  cookies: [],
  limits: { timeout: 0, memory: 0 },
};
