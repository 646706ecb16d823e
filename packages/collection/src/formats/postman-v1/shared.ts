import { isObject, toText } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import type { Json } from '../../model.ts';

/** Names of v1's auth helpers and what the schemes are called since v2. */
const SCHEMES: Readonly<Record<string, string>> = {
  apikeyAuth: 'apikey',
  basicAuth: 'basic',
  bearerAuth: 'bearer',
  digestAuth: 'digest',
  hawkAuth: 'hawk',
  oAuth1: 'oauth1',
  oAuth2: 'oauth2',
  ntlmAuth: 'ntlm',
  awsSigV4: 'awsv4',
  jwtAuth: 'jwt',
  asapAuth: 'asap',
  edgegridAuth: 'edgegrid',
};

/** Parameters that have another name since v2, by v1's helper; the others keep theirs. */
const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  basicAuth: { saveToRequest: 'saveHelperData' },
  oAuth1: { header: 'addParamsToHeader', auto: 'autoAddParam', includeEmpty: 'addEmptyParamsToSign' },
  hawkAuth: {
    hawk_id: 'authId',
    hawk_key: 'authKey',
    saveToRequest: 'saveHelperData',
    ext: 'extraData',
    app: 'appId',
    dlg: 'delegation',
  },
};

/** The auth of a v1 request, folder or collection; helper attributes may be a JSON text. */
export function toAuthV2(entity: JsonObject): JsonObject | undefined {
  const helper = entity['currentHelper'];
  if (
    isObject(entity['auth']) &&
    (typeof helper !== 'string' || entity['version'] !== undefined || helper === '')
  )
    return entity['auth'];
  if (typeof helper !== 'string' || helper === '' || helper === 'normal') return undefined;
  const type = SCHEMES[helper] ?? helper;
  const attributes = readAttributes(entity['helperAttributes']);
  if (attributes === undefined) return { type };
  const renamed = RENAMED[helper] ?? {};
  const parameters = Object.entries(attributes)
    .filter(([key]) => key !== 'id')
    .map(([key, value]) => ({
      key: renamed[key] ?? key,
      value,
      type: typeof value === 'object' ? 'any' : typeof value,
    }));
  return { type, [type]: parameters };
}

function readAttributes(value: Json | undefined): JsonObject | undefined {
  if (typeof value !== 'string') return isObject(value) ? value : undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    // An object that JSON.parse gives is JSON.
    return isObject(parsed) && !Object.hasOwn(parsed, '__proto__') ? (parsed as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** Scripts: `events` where there are any, else the texts `tests` and `preRequestScript`. */
export function toEventsV2(entity: JsonObject): Json[] {
  const events = entity['events'];
  if (Array.isArray(events) && events.length > 0) {
    return events.filter(isObject).map((event) => ({ ...event, listen: event['listen'] || 'test' }));
  }
  const written: Json[] = [];
  if (entity['tests']) written.push(toEvent('test', entity['tests']));
  if (entity['preRequestScript']) written.push(toEvent('prerequest', entity['preRequestScript']));
  return written;
}

function toEvent(listen: string, script: Json): Json {
  const exec = Array.isArray(script) ? script : toText(script).split('\n');
  return { listen, script: { type: 'text/javascript', exec } };
}

export function toVariablesV2(entity: JsonObject): Json[] {
  const variables = entity['variables'] ?? entity['variable'];
  if (!Array.isArray(variables)) return [];
  return variables.filter(isObject).map((variable) => ({
    ...variable,
    key: variable['key'] || variable['id'] || '',
    ...(variable['type'] === 'text' && { type: 'string' }),
  }));
}
