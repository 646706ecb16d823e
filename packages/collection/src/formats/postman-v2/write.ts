import { createPlaces, toPlaceId } from '../../ids.ts';
import { compact, isObject } from '../../json.ts';
import type {
  Auth,
  Body,
  Collection,
  Description,
  Example,
  Extra,
  Field,
  FormField,
  Item,
  Json,
  RequestDefinition,
  Script,
  Url,
  Variable,
} from '../../model.ts';
import { parseQuery } from '../../url.ts';
import { pickForm } from './kept-form.ts';
import { readBody, readHeaders, readLines, readUrl } from './read.ts';

type Written = { [key: string]: Json };

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/**
 * A collection as Postman v2.1 JSON: keys in one fixed order, unknown fields after them, two spaces a level and
 * a newline at the end. Ids that the reader made up for want of one are not written.
 */
export function writeCollection(collection: Collection): string {
  const { info: keptInfo, ...extra } = collection.extra ?? {};
  const infoExtra = isObject(keptInfo) ? keptInfo : {};
  const isIdImplied = infoExtra['id'] === collection.id || collection.id === toPlaceId(collection.name);
  const info = ordered(
    {
      _postman_id: isIdImplied ? undefined : collection.id,
      name: collection.name,
      description: writeDescription(collection.description),
      schema: SCHEMA,
    },
    { ...infoExtra, schema: SCHEMA },
  );
  const written = ordered(
    {
      info,
      item: writeItems(collection.items, collection.name),
      auth: writeAuth(collection.auth),
      event: writeEvents(collection.scripts, extra),
      variable: writeList(collection.variables, writeVariable),
      protocolProfileBehavior: collection.settings,
    },
    extra,
  );
  return `${JSON.stringify(written, null, 2)}\n`;
}

function writeItems(items: readonly Item[], parent: string): Json[] {
  const nextKey = createPlaces(parent);
  return items.map((item) => {
    const key = nextKey(item.name);
    const common = { name: item.name || undefined, id: writeId(item, key) };
    const shared = {
      event: writeEvents(item.scripts, item.extra),
      variable: writeList(item.variables, writeVariable),
      protocolProfileBehavior: item.settings,
    };
    if (item.kind === 'folder') {
      return ordered(
        {
          ...common,
          description: writeDescription(item.description),
          item: writeItems(item.items, key),
          auth: writeAuth(item.auth),
          ...shared,
        },
        item.extra,
      );
    }
    return ordered(
      {
        ...common,
        ...shared,
        request: writeRequestOrForm(item.request, item.extra),
        response: writeExamples(item.examples, key),
      },
      item.extra,
    );
  });
}

/** An id is left out when it follows from the place, or stands under Postman's private name already. */
function writeId(entity: { id: string; extra?: Extra }, place: string): string | undefined {
  return entity.id === toPlaceId(place) || entity.extra?.['_postman_id'] === entity.id
    ? undefined
    : entity.id;
}

function writeRequestOrForm(request: RequestDefinition, extra: Extra | undefined): Json | undefined {
  const kept = extra?.['request'];
  const isPlain =
    request.method === 'GET' &&
    request.headers.length === 0 &&
    request.body === undefined &&
    request.auth === undefined;
  if (kept === null && isPlain && request.url.raw === '') return null;
  if (typeof kept === 'string' && isPlain) return pickForm(kept, request.url, readUrl, writeRequest(request));
  return writeRequest(request);
}

function writeRequest(request: RequestDefinition): Json {
  const extra = request.extra ?? {};
  const keptMethod = extra['method'];
  const isSameMethod = typeof keptMethod === 'string' && keptMethod.toUpperCase() === request.method;
  const headers = request.headers.map(writeField);
  const body = request.body === undefined ? undefined : writeBody(request.body);
  return ordered(
    {
      auth: writeAuth(request.auth),
      method: isSameMethod ? keptMethod : request.method,
      header:
        headers.length === 0 ? undefined : pickForm(extra['header'], request.headers, readHeaders, headers),
      body: body === undefined ? undefined : pickForm(extra['body'], request.body, readBody, body),
      url: writeUrl(request.url, extra['url']),
      description: writeDescription(request.description),
    },
    extra,
  );
}

function writeUrl(url: Url, kept: Json | undefined): Json | undefined {
  if (kept === null && url.raw === '') return null;
  const extra = url.extra ?? {};
  const written = ordered(
    {
      raw: url.raw,
      protocol: url.protocol,
      auth:
        url.auth === undefined ? undefined : compact({ user: url.auth.user, password: url.auth.password }),
      host: pickList(extra['host'], url.host, (form) => readUrl({ host: form }).host),
      port:
        url.port === undefined
          ? undefined
          : pickForm(extra['port'], url.port, (form) => String(form), url.port),
      path: pickList(extra['path'], url.path, (form) => readUrl({ path: form }).path),
      query:
        url.query.length === 0
          ? undefined
          : pickForm(
              extra['query'],
              url.query,
              (form) => readUrl({ query: form }).query,
              url.query.map(writeField),
            ),
      hash: url.hash,
      variable: writeList(url.pathVariables, writeVariable),
    },
    extra,
  );
  return typeof kept === 'string' ? pickForm(kept, url, readUrl, written) : written;
}

function pickList(
  kept: Json | undefined,
  value: readonly string[] | undefined,
  read: (form: Json) => readonly string[] | undefined,
): Json | undefined {
  return value === undefined
    ? undefined
    : pickForm<readonly string[] | undefined>(kept, value, read, [...value]);
}

function writeField(field: Field): Json {
  return ordered(
    {
      ...writeKeyAndValue(field),
      description: writeDescription(field.description),
      disabled: field.disabled,
    },
    field.extra,
  );
}

/** A number or truth value that the reader made a text of is written as it was while the text is the same. */
function writeKeyAndValue(field: Field): { key: Json; value: Json } {
  return {
    key: pickScalar(field.extra?.['key'], field.key),
    value: pickScalar(field.extra?.['value'], field.value),
  };
}

function pickScalar(kept: Json | undefined, value: string | null): Json {
  if (kept === undefined || typeof kept === 'string') return value;
  if (value === null) return kept;
  return (typeof kept === 'object' ? JSON.stringify(kept) : String(kept)) === value ? kept : value;
}

function writeFormField(field: FormField): Json {
  const keptSource = field.extra?.['src'];
  const source = field.source;
  const isKept = Array.isArray(keptSource) && JSON.stringify(keptSource) === JSON.stringify(source);
  const written = source === undefined ? undefined : source.length === 1 && !isKept ? source[0] : [...source];
  return ordered(
    {
      ...writeKeyAndValue(field),
      type: field.type,
      src: written,
      contentType: field.contentType,
      fileName: field.fileName,
      description: writeDescription(field.description),
      disabled: field.disabled,
    },
    field.extra,
  );
}

function writeBody(body: Body): Json {
  const { mode, options: keptOptions, ...extra } = body.extra ?? {};
  const common = { mode: mode ?? body.kind, disabled: body.disabled };
  switch (body.kind) {
    case 'raw': {
      const text = pickForm(extra['raw'], body.text, (form) => readBodyText(form), body.text);
      return ordered({ ...common, raw: text, options: writeOptions(keptOptions, body.language) }, extra);
    }
    case 'urlencoded': {
      const fields = pickForm(
        extra['urlencoded'],
        body.fields,
        (form) => (typeof form === 'string' ? parseQuery(form) : []),
        body.fields.map(writeField),
      );
      return ordered(
        {
          ...common,
          urlencoded: body.fields.length === 0 ? (extra['urlencoded'] ?? []) : fields,
          options: keptOptions,
        },
        extra,
      );
    }
    case 'formdata':
      return ordered({ ...common, formdata: body.fields.map(writeFormField), options: keptOptions }, extra);
    case 'file': {
      const isText =
        typeof extra['file'] === 'string' && extra['file'] === body.source && body.content === undefined;
      const file = ordered(
        { src: body.source, content: body.content },
        isObject(extra['file']) ? extra['file'] : undefined,
      );
      return ordered({ ...common, file: isText ? extra['file'] : file, options: keptOptions }, extra);
    }
    case 'graphql': {
      const kept = isObject(extra['graphql']) ? extra['graphql'] : {};
      const graphql = ordered(
        {
          query: body.query === '' && kept['query'] !== undefined ? kept['query'] : body.query,
          operationName: body.operationName,
          variables:
            body.variables === undefined
              ? undefined
              : pickForm(kept['variables'], body.variables, readBodyText, body.variables),
        },
        kept,
      );
      return ordered({ ...common, graphql, options: keptOptions }, extra);
    }
  }
}

function readBodyText(form: Json): string {
  return form === null
    ? ''
    : typeof form === 'string'
      ? form
      : typeof form === 'object'
        ? JSON.stringify(form)
        : String(form);
}

function writeOptions(kept: Json | undefined, language: string | undefined): Json | undefined {
  const options = isObject(kept) ? kept : {};
  const raw = isObject(options['raw']) ? options['raw'] : {};
  if (language === undefined) return kept;
  return { ...options, raw: { ...raw, language } };
}

function writeAuth(auth: Auth | undefined): Json | undefined {
  if (auth === undefined) return undefined;
  const kept = auth.extra?.[auth.type];
  const attributes = Array.isArray(kept) ? kept.filter(isObject) : [];
  const entries = Object.entries(auth.parameters).map(([key, value]): Json => {
    const known = attributes.find((one) => one['key'] === key);
    return { key, value, ...(known ?? { type: typeof value === 'object' ? 'any' : typeof value }) };
  });
  return ordered({ type: auth.type, [auth.type]: entries.length === 0 ? undefined : entries }, auth.extra);
}

function writeEvents(scripts: readonly Script[], extra: Extra | undefined): Json[] | undefined {
  const others = Array.isArray(extra?.['event']) ? extra['event'] : [];
  return scripts.length === 0 ? undefined : [...scripts.map(writeScript), ...others];
}

function writeScript(script: Script): Json {
  const { script: kept, ...extra } = script.extra ?? {};
  const keptScript = isObject(kept) ? kept : {};
  const lines = script.source.split('\n');
  const isTextKept = kept !== undefined && !isObject(kept) && readLines(kept) === script.source;
  const exec = pickForm(keptScript['exec'], script.source, readLines, lines);
  const hasType = isObject(kept) || script.extra?.['script'] === undefined;
  const written = ordered({ id: script.id, type: hasType ? undefined : 'text/javascript', exec }, keptScript);
  return ordered(
    { listen: script.listen, script: isTextKept ? kept : written, disabled: script.disabled },
    extra,
  );
}

function writeExamples(examples: readonly Example[], parent: string): Json[] | undefined {
  if (examples.length === 0) return undefined;
  const nextKey = createPlaces(parent);
  return examples.map((example) =>
    ordered(
      {
        name: example.name || undefined,
        id: writeId(example, nextKey(example.name)),
        originalRequest: example.request === undefined ? undefined : writeRequest(example.request),
        status: example.status,
        code: example.code,
        header:
          example.headers.length === 0
            ? undefined
            : pickForm(
                example.extra?.['header'],
                example.headers,
                readHeaders,
                example.headers.map(writeField),
              ),
        body: example.body,
      },
      example.extra,
    ),
  );
}

function writeVariable(variable: Variable): Json {
  const isImplied = variable.value === null && variable.extra?.['value'] !== null;
  return ordered(
    {
      key: variable.key,
      value: isImplied ? undefined : variable.value,
      type: variable.type,
      description: writeDescription(variable.description),
      disabled: variable.disabled,
    },
    variable.extra,
  );
}

function writeDescription(description: Description | undefined): Json | undefined {
  if (description === undefined) return undefined;
  if (description.form === 'text') return description.text;
  const keptContent = description.extra?.['content'];
  return ordered(
    { content: pickScalar(keptContent, description.text), type: description.type },
    description.extra,
  );
}

function writeList<T>(list: readonly T[], write: (one: T) => Json): Json[] | undefined {
  return list.length === 0 ? undefined : list.map(write);
}

/** The known fields in their order, then the unknown ones in the order of their names. */
function ordered(known: Readonly<Record<string, Json | Extra | undefined>>, extra: Extra | undefined): Json {
  const written: Written = {};
  for (const [key, value] of Object.entries(known)) {
    const chosen = value === undefined ? extra?.[key] : value;
    // An Extra is a JSON object that may not be changed, which writing does not do.
    if (chosen !== undefined) written[key] = chosen as Json;
  }
  for (const key of Object.keys(extra ?? {}).sort()) {
    const value = extra?.[key];
    if (value !== undefined && !Object.hasOwn(written, key)) written[key] = value;
  }
  return written;
}
