/** A part of a page with the examples of scripts in it. */
interface Section {
  readonly page: string;
  readonly heading: string;
  /** The section's requests run in one go. */
  readonly examples: readonly Example[];
  /** Of the section's `csv` block. */
  readonly rows: readonly Readonly<Record<string, string>>[] | undefined;
}

/** Scripts with what the page says that they print and how they fail, in the order of the page. */
export interface Example {
  readonly requests: readonly ExampleRequest[];
  readonly prints: readonly string[];
  readonly fails: readonly string[];
}

interface ExampleRequest {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly auth?: string;
  readonly prerequest: string;
  readonly test: string;
}

/**
 * The sections of a page that have scripts in them: blocks of code that begin with
 * ```` ```js prerequest | Name of the request | GET {{url}}/path | noauth ````
 * or the same with `test`. A test script without a name belongs to the pre-request script before it.
 */
export function readSections(page: string, markdown: string): Section[] {
  return markdown.split(/^(?=#{1,3} )/m).flatMap((text) => {
    const blocks = [...text.matchAll(/^```(\S+)([^\n]*)\n([\s\S]*?)^```$/gm)].map(
      ([, language = '', info = '', code = '']) => ({ language, info: info.trim(), code }),
    );
    const scripts = blocks.filter(
      ({ language, info }) => language === 'js' && /^(?:prerequest|test)\b/.test(info),
    );
    if (scripts.length === 0) return [];
    const heading = /^#+ (.*)/.exec(text)?.[1] ?? '';
    const csv = blocks.find(({ language }) => language === 'csv');
    return [
      {
        page,
        heading,
        examples: [toExample(scripts)],
        rows: csv === undefined ? undefined : toRows(csv.code),
      },
    ];
  });
}

function toExample(blocks: readonly { readonly info: string; readonly code: string }[]): Example {
  const requests: ExampleRequest[] = [];
  for (const { info, code } of blocks) {
    const [kind, name, line = 'GET {{url}}/api/v1/users?limit=2', auth] = info
      .split('|')
      .map((part) => part.trim());
    const before = requests.at(-1);
    if (kind === 'test' && name === undefined && before !== undefined && before.test === '') {
      requests.splice(-1, 1, { ...before, test: code });
      continue;
    }
    const [method = '', url = ''] = line.split(' ');
    requests.push({
      name: name ?? `Request ${requests.length + 1}`,
      method,
      url,
      ...(auth === undefined ? {} : { auth }),
      prerequest: kind === 'prerequest' ? code : '',
      test: kind === 'test' ? code : '',
    });
  }
  const all = blocks.map(({ code }) => code).join('\n');
  return { requests, prints: findSaid(all, '→'), fails: findSaid(all, '✗') };
}

function findSaid(code: string, sign: string): string[] {
  return [...code.matchAll(new RegExp(`// ${sign} (.*)$`, 'gm'))].map(([, said = '']) => said);
}

/** Rows without quotes. */
function toRows(csv: string): Record<string, string>[] {
  const [head = [], ...rows] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ''])));
}
