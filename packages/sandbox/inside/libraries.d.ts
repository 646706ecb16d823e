// What the bootstrap uses of libraries that bring no types, or none that fit.

declare module 'postman-collection' {
  namespace sdk {
    class PropertyList<T = unknown> {
      readonly members: T[];
      add(item: unknown): void;
      all(): T[];
      get(key: string): unknown;
      one(key: string): T | undefined;
      populate(items: unknown): void;
      setParent(parent: object): void;
      toObject(
        excludeDisabled?: boolean,
        caseSensitive?: boolean,
        multiValue?: boolean,
        sanitizeKeys?: boolean,
      ): Record<string, unknown>;
    }
    interface Header {
      readonly key: string;
      readonly value: string;
    }
    const Header: { readonly prototype: Header };
    class HeaderList extends PropertyList<Header> {
      constructor(parent: object | null, headers?: readonly object[]);
    }
    class Variable {
      constructor(definition: object);
      readonly key: string;
      readonly value: unknown;
      readonly type?: string;
      readonly disabled?: boolean;
    }
    class VariableList extends PropertyList<Variable> {
      constructor(parent: object | null, values?: readonly object[]);
    }
    class VariableScope {
      constructor(definition: object, layers?: VariableList[]);
      readonly id: string;
      readonly values: VariableList;
      get(key: string): unknown;
      set(key: string, value: unknown, ...options: unknown[]): void;
      readonly prefix?: string;
      readonly _postman_enableTracking?: boolean;
      unset(key: string): void;
      clear(): void;
      toObject(): Record<string, unknown>;
    }
    class Cookie {
      static parse(line: string): object;
      constructor(definition: object);
    }
    class CookieList extends PropertyList<Cookie> {
      constructor(parent: object | null, cookies?: readonly object[]);
    }
    const Url: { isUrl(value: unknown): boolean };
    class RequestBody {
      readonly mode: string;
      readonly urlencoded?: PropertyList;
      readonly formdata?: PropertyList;
      toString(): string;
    }
    class Request {
      static isRequest(value: unknown): value is Request;
      constructor(definition: object | string);
      readonly url: object;
      readonly method: string;
      headers: HeaderList;
      readonly body?: RequestBody;
      readonly description?: object;
      toJSON(): unknown;
    }
    class Response {
      static isResponse(value: unknown): value is Response;
      constructor(definition: object);
      readonly id: string;
      readonly code: number;
      readonly status: string;
      readonly headers: HeaderList;
      readonly cookies: CookieList;
      readonly responseTime: number;
      details(): { readonly name: string; readonly detail?: string };
      text(): string;
    }
  }
  export default sdk;
}

declare module 'chai' {
  /** An assertion, or a function that stands for one in a chain. */
  export interface Flagged {
    __flags?: object;
  }
  type Additions<T> = Record<
    | 'addProperty'
    | 'addMethod'
    | 'addChainableMethod'
    | 'overwriteProperty'
    | 'overwriteMethod'
    | 'overwriteChainableMethod',
    T
  >;
  export const Assertion: {
    new (value: unknown, message?: string): Flagged;
    readonly prototype: object;
  } & Additions<(name: string, ...values: unknown[]) => void>;
  export const util: {
    proxify(target: object, method?: string): object;
    addLengthGuard(method: object, name: string, isChainable: boolean): object;
  } & Additions<(target: object, name: string, ...values: unknown[]) => void>;
  export function use(plugin: unknown): void;
  export const expect: {
    (value: unknown, message?: string): { readonly to: unknown };
    readonly fail: unknown;
  };
}

declare module 'chai-postman' {
  export default function chaiPostman(sdk: object, lodash: object, ajv: unknown): (chai: object) => void;
}

declare module 'lodash' {
  const lodash: object;
  export default lodash;
}

declare module 'liquid-json' {
  const liquidJson: { parse(text: string, reviver?: unknown): unknown };
  export default liquidJson;
}

declare module 'uuid' {
  export function v4(...values: readonly unknown[]): string;
}

declare module 'iconv-lite' {
  const iconv: {
    encodingExists(charset: string): boolean;
    decode(bytes: Uint8Array, charset: string): string;
  };
  export default iconv;
}

declare module 'cheerio';
declare module 'crypto-js';
declare module 'csv-parse/lib/sync';
declare module 'tv4';
declare module 'xml2js';
