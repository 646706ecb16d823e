// Generated from src/pm-api.ts by `npm run generate`. What a script can reach, for completion in an editor.
declare namespace Sandbox {
  interface Pair {
    key: string;
    value: string;
    disabled?: boolean;
  }

  type Done<T> = (error: Error | null, value?: T) => void;

  interface Test {
    (name: string, check?: (done: (error?: unknown) => void) => unknown): Pm;
    /** Counts as skipped. */
    skip(name: string, check?: (done: (error?: unknown) => void) => unknown): Pm;
    /** How many tests there were so far. */
    index(): number;
  }

  interface SendRequest {
    (request: string | object): Promise<Response>;
    (request: string | object, done: (error: Error | null, response: Response, more: { cookies: CookieList }) => void): void;
  }

  interface Pm {
    /** Which request this is, in which iteration. */
    info: Info;
    /** Checks something under a name. */
    test: Test;
    /** Chai's expect, with Postman's assertions. */
    expect: (value: unknown, message?: string) => any;
    /** Every scope, the closest first; what is set lives until the run ends. */
    variables: VariableScope;
    /** The environment. */
    environment: VariableScope;
    /** The variables of the collection. */
    collectionVariables: VariableScope;
    /** The global variables. */
    globals: VariableScope;
    /** The row of the data file. */
    iterationData: VariableScope;
    /** The request; a pre-request script may change it. */
    request: Request;
    /** The answer. Only scripts that run after the request have it. */
    response: Response;
    /** The cookies of the request's address. */
    cookies: CookieList;
    /** Sends another request. */
    sendRequest: SendRequest;
    /** Where the run goes from here. */
    execution: Execution;
    /** The same as `pm.execution.setNextRequest`. */
    setNextRequest: (name: string | null) => void;
    /** What is shown beside the answer. */
    visualizer: Visualizer;
    /** Loads one of the libraries of Postman's sandbox. */
    require: (name: string) => any;
    /** Refused: scripts have no access to secrets of the vault. */
    vault: Vault;
  }

  interface Info {
    /** When the script runs. */
    eventName: 'prerequest' | 'test';
    /** The iteration, from 0. */
    iteration: number;
    /** How many iterations there are. */
    iterationCount: number;
    /** The name of the request. */
    requestName: string;
    /** The id of the request. */
    requestId: string;
  }

  interface VariableScope {
    /** The value of a variable. */
    get: (name: string) => any;
    /** Sets a variable. */
    set: (name: string, value: unknown, type?: string) => void;
    /** Whether a variable is set. */
    has: (name: string) => boolean;
    /** Takes a variable away. */
    unset: (name: string) => void;
    /** Takes all variables away. */
    clear: () => void;
    /** All values by name. */
    toObject: () => Record<string, any>;
    /** Fills the `{{names}}` of a text or an object in. */
    replaceIn: <T>(template: T) => T;
    /** The variables themselves. */
    values: PropertyList;
  }

  interface Request {
    /** The address, in parts; `toString()` gives the text. */
    url: any;
    /** The method. */
    method: string;
    /** The headers. */
    headers: PropertyList;
    /** The body, if there is one. */
    body: any;
    /** How the request signs in, if it says so itself. */
    auth: any;
    /** Adds a header. */
    addHeader: (header: Pair) => void;
    /** Takes a header away. */
    removeHeader: (name: string) => void;
    /** Sets a header. */
    upsertHeader: (header: Pair) => void;
    /** The headers by name. */
    getHeaders: (options?: object) => Record<string, any>;
    /** The request as Postman's JSON. */
    toJSON: () => any;
    /** Assertions: `pm.request.to.have.header(…)`. */
    to: any;
  }

  interface Response {
    /** The status code. */
    code: number;
    /** The reason of the status. */
    status: string;
    /** The headers. */
    headers: PropertyList;
    /** Milliseconds until the answer was whole. */
    responseTime: number;
    /** Bytes of the body. */
    responseSize: number;
    /** The body, read as JSON. */
    json: (reviver?: (key: string, value: any) => any) => any;
    /** The body as text. */
    text: () => string;
    /** The bytes of the body. */
    stream: any;
    /** The reason of the status. */
    reason: () => string;
    /** Bytes of body and headers. */
    size: () => { body: number; header: number; total: number };
    /** The body as an address. */
    dataURI: () => string;
    /** What the content type says. */
    contentInfo: () => any;
    /** The cookies the answer sets. */
    cookies: PropertyList;
    /** Assertions: `pm.response.to.have.status(200)`. */
    to: any;
  }

  interface PropertyList {
    /** The value of an entry. */
    get: (name: string) => any;
    /** An entry. */
    one: (name: string) => any;
    /** Whether there is such an entry. */
    has: (name: string, value?: string) => boolean;
    /** All entries. */
    all: () => any[];
    /** How many entries there are. */
    count: () => number;
    /** The entry at a place. */
    idx: (index: number) => any;
    /** Visits every entry. */
    each: (visit: (entry: any) => void) => void;
    /** Makes something of every entry. */
    map: <T>(change: (entry: any) => T) => T[];
    /** The entries that fit. */
    filter: (rule: (entry: any) => boolean) => any[];
    /** The first entry that fits. */
    find: (rule: (entry: any) => boolean) => any;
    /** Folds the entries into one. */
    reduce: <T>(step: (sum: T, entry: any) => T, first: T) => T;
    /** Adds an entry. */
    add: (entry: Pair | string) => void;
    /** Adds an entry or changes it. */
    upsert: (entry: Pair) => boolean | null;
    /** Takes entries away. */
    remove: (rule: string | ((entry: any) => boolean)) => void;
    /** Takes all entries away. */
    clear: () => void;
    /** All values by name. */
    toObject: () => Record<string, any>;
  }

  interface CookieList {
    /** The value of a cookie. */
    get: (name: string) => string | undefined;
    /** Whether there is such a cookie. */
    has: (name: string) => boolean;
    /** All values by name. */
    toObject: () => Record<string, string>;
    /** The jar of the whole run. */
    jar: () => CookieJar;
  }

  interface CookieJar {
    /** The value of a cookie. */
    get: (url: string, name: string, done?: Done<string | null>) => any;
    /** All cookies of an address. */
    getAll: (url: string, options?: object, done?: Done<any[]>) => any;
    /** Sets one. */
    set: (url: string, name: string | object, value?: string, done?: Done<any>) => any;
    /** Takes a cookie away. */
    unset: (url: string, name: string, done?: Done<null>) => any;
    /** Takes all cookies of an address away. */
    clear: (url: string, done?: Done<null>) => any;
  }

  interface Execution {
    /** What comes after this request; null ends. */
    setNextRequest: (name: string | null) => void;
    /** Leaves the request out. Only pre-request scripts have it. */
    skipRequest: () => never;
    /** Collection, folders and request, outside in. */
    location: string[] & { current: string };
  }

  interface Visualizer {
    /** Shows a template. */
    set: (template: string, data?: unknown, options?: object) => void;
    /** Shows nothing. */
    clear: () => void;
  }

  interface Vault {
    /** Refused. */
    get: (name: string) => never;
    /** Refused. */
    set: (name: string, value: string) => never;
    /** Refused. */
    unset: (name: string) => never;
  }
}

declare const pm: Sandbox.Pm;
/** Loads one of the libraries of Postman's sandbox. */
declare const require: (name: string) => any;
/** The old way: what is false fails. */
declare const tests: Record<string, unknown>;
/** The old functions. */
declare const postman: any;
/** The old name of `pm.response.text()`. */
declare const responseBody: string;
/** The old name of the status. */
declare const responseCode: { code: number; name: string; detail: string };
/** The old name of the headers. */
declare const responseHeaders: Record<string, any>;
/** The old name of `pm.response.responseTime`. */
declare const responseTime: number;
/** The old name of the cookies. */
declare const responseCookies: any[];
/** The old name of the request. */
declare const request: any;
/** The environment as it was before the script. */
declare const environment: Record<string, any>;
/** The globals as they were before the script. */
declare const globals: Record<string, any>;
/** The row of the data file. */
declare const data: Record<string, any>;
/** The iteration, from 0. */
declare const iteration: number;
/** lodash. */
declare const _: any;
/** crypto-js. */
declare const CryptoJS: any;
/** cheerio. */
declare const cheerio: any;
/** moment. */
declare const moment: any;
/** tv4. */
declare const tv4: any;
/** ajv. */
declare const Ajv: any;
/** XML as an object. */
declare const xml2Json: (xml: string) => any;
