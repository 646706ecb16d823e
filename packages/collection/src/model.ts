/** A JSON value as `JSON.parse` gives it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * Fields that a file carried and Castellan has no use for. They are kept as they were, so that a file that
 * is read and written again loses nothing. A known field whose written form the model cannot say (an address
 * as a text, a script as one text, an empty list) is kept here too, and is used again while it still says the
 * same as the model.
 */
export type Extra = Readonly<Record<string, Json>>;

/** A folder of requests with everything they inherit. The root of what Postman calls a collection. */
export interface Collection {
  readonly kind: 'collection';
  readonly id: string;
  readonly name: string;
  readonly description?: Description;
  readonly items: readonly Item[];
  readonly auth?: Auth;
  readonly variables: readonly Variable[];
  readonly scripts: readonly Script[];
  readonly settings?: RequestSettings;
  readonly extra?: Extra;
}

export type Item = Folder | RequestItem;

export interface Folder {
  readonly kind: 'folder';
  readonly id: string;
  readonly name: string;
  readonly description?: Description;
  readonly items: readonly Item[];
  readonly auth?: Auth;
  readonly variables: readonly Variable[];
  readonly scripts: readonly Script[];
  readonly settings?: RequestSettings;
  readonly extra?: Extra;
}

export interface RequestItem {
  readonly kind: 'request';
  readonly id: string;
  readonly name: string;
  readonly request: RequestDefinition;
  readonly variables: readonly Variable[];
  readonly scripts: readonly Script[];
  readonly examples: readonly Example[];
  readonly settings?: RequestSettings;
  readonly extra?: Extra;
}

/** A request before its variables are filled in: any text in it may hold `{{name}}`. */
export interface RequestDefinition {
  readonly method: string;
  readonly url: Url;
  readonly headers: readonly Field[];
  readonly body?: Body;
  readonly auth?: Auth;
  readonly description?: Description;
  readonly extra?: Extra;
}

/** An address in the parts that Postman gives it; `raw` is the text a person typed. */
export interface Url {
  readonly raw: string;
  readonly protocol?: string;
  /** Credentials written into the address (`https://user:password@host`). */
  readonly auth?: { readonly user?: string; readonly password?: string };
  readonly host?: readonly string[];
  readonly port?: string;
  readonly path?: readonly string[];
  readonly query: readonly Field[];
  readonly hash?: string;
  /** Values of `:name` segments of the path. */
  readonly pathVariables: readonly Variable[];
  readonly extra?: Extra;
}

/** A name and a value that can be switched off: header, query parameter, form field. */
export interface Field {
  readonly key: string | null;
  readonly value: string | null;
  readonly disabled?: boolean;
  readonly description?: Description;
  readonly extra?: Extra;
}

export type Body =
  | {
      readonly kind: 'raw';
      readonly text: string;
      readonly language?: string;
      readonly disabled?: boolean;
      readonly extra?: Extra;
    }
  | {
      readonly kind: 'urlencoded';
      readonly fields: readonly Field[];
      readonly disabled?: boolean;
      readonly extra?: Extra;
    }
  | {
      readonly kind: 'formdata';
      readonly fields: readonly FormField[];
      readonly disabled?: boolean;
      readonly extra?: Extra;
    }
  | {
      readonly kind: 'file';
      readonly source?: string;
      readonly content?: string;
      readonly disabled?: boolean;
      readonly extra?: Extra;
    }
  | {
      readonly kind: 'graphql';
      readonly query: string;
      readonly variables?: string;
      readonly operationName?: string;
      readonly disabled?: boolean;
      readonly extra?: Extra;
    };

/** A field of a multipart body: text, or the paths of files. */
export interface FormField extends Field {
  readonly type: 'text' | 'file';
  readonly source?: readonly string[];
  readonly contentType?: string;
  /** Sent in place of the source's own name. */
  readonly fileName?: string;
}

/** An auth scheme by Postman's name (`apikey`, `bearer`, `noauth`, …) and its parameters. Absent: inherited. */
export interface Auth {
  readonly type: string;
  readonly parameters: Readonly<Record<string, Json>>;
  readonly extra?: Extra;
}

export interface Variable {
  readonly key: string;
  readonly value: Json;
  readonly type?: string;
  readonly disabled?: boolean;
  readonly description?: Description;
  readonly extra?: Extra;
}

export interface Script {
  readonly listen: 'prerequest' | 'test';
  readonly source: string;
  readonly id?: string;
  readonly disabled?: boolean;
  readonly extra?: Extra;
}

/** An answer that was saved beside a request. */
export interface Example {
  readonly id: string;
  readonly name: string;
  readonly request?: RequestDefinition;
  readonly status?: string;
  readonly code?: number;
  readonly headers: readonly Field[];
  readonly body?: string;
  readonly extra?: Extra;
}

export interface Description {
  readonly text: string;
  readonly type: 'text/markdown' | 'text/plain' | (string & {});
  /** Fields of a description that was written as an object. */
  readonly extra?: Extra;
  readonly form: 'text' | 'object';
}

/** Postman's `protocolProfileBehavior`: how one request is sent (redirects, TLS, disabled system headers, …). */
export type RequestSettings = Readonly<Record<string, Json>>;

/** Named values that a person chooses at the top right; `globals` is the one that is always chosen. */
export interface Environment {
  readonly kind: 'environment';
  readonly scope: 'environment' | 'globals';
  readonly id: string;
  readonly name: string;
  readonly values: readonly EnvironmentValue[];
  readonly extra?: Extra;
}

export interface EnvironmentValue {
  readonly key: string;
  readonly value: Json;
  /** `secret` values are never written beside the others. */
  readonly type: 'default' | 'secret' | (string & {});
  readonly enabled: boolean;
  readonly extra?: Extra;
}

/** Something a reader of a format wants a person to know about what it read. */
export interface Note {
  readonly kind: 'lost' | 'changed' | 'repaired' | 'advice';
  /** Where in the file, as names from the outside in (`Users (Okta API) / Create User`). */
  readonly place: string;
  readonly sentence: string;
}

/** One row of a data file. */
export type DataRow = Readonly<Record<string, Json>>;
