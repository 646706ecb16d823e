import type { Child } from 'hono/jsx';
import type { Call } from './calls.ts';

/** One request for a page, or for something that a page can do. */
export interface Visit {
  /** Path of the page, without the action. */
  readonly path: string;
  /** The `:name` parts of the page's path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** What was filled in; empty when the page is only looked at. */
  readonly form: Form;
  readonly call: Call;
  /** Epoch milliseconds of the org. */
  readonly now: number;
  /** The secret that every form of the page carries, so that no other site can send one. */
  readonly csrf: string;
  /** Login of the administrator. */
  readonly login: string;
}

/** The fields of a form as text; what was not filled in is empty. */
export interface Form {
  text(name: string): string;
  /** A number where one was filled in. */
  number(name: string): number | undefined;
  isOn(name: string): boolean;
  all(name: string): readonly string[];
}

/** What an action did, for the person who asked for it. */
export interface Done {
  readonly done: string;
  /** The page to go to; the same one when absent. */
  readonly to?: string;
}

/** A page of the console: where it is, what it shows, what can be done on it. */
export interface ConsolePage {
  /** `/people/:id`, below `/admin`. */
  readonly path: string;
  readonly title: string;
  show(visit: Visit): Promise<Child>;
  /** By name; each is the target of a form of that page. A `Refusal` is shown on the page, with the form as it was. */
  readonly actions?: Readonly<Record<string, (visit: Visit) => Promise<Done>>>;
}

const PAGE_SIZE = '50';

/** Which page of a list is asked for, as operations take it. */
export function toPage({ query }: Visit): { readonly limit: string; readonly after: string | undefined } {
  return { limit: PAGE_SIZE, after: query.get('after') ?? undefined };
}

/** As `toPage`, with the text that is searched for. */
export function toSearch(visit: Visit): ReturnType<typeof toPage> & { readonly q: string | undefined } {
  return { ...toPage(visit), q: visit.query.get('q') ?? undefined };
}
