import type { Call } from '../call.ts';
import { quote, toFileName, writeQuoted } from '../text.ts';
import type { CodeTarget } from './target.ts';

/** `net/http` of the standard library. */
export const go: CodeTarget = {
  title: 'Go',
  language: 'go',
  comment: '//',
  write(call, variables) {
    const value = (text: string): string =>
      writeQuoted(text, variables, (name) => `os.Getenv(${quote(name)})`);
    const { before, reader, headers } = toBody(call.body, value);
    const lines = [
      ...before,
      `request, err := http.NewRequest(${value(call.method)}, ${value(call.url)}, ${reader})`,
      ...CHECK,
      ...call.headers.map(([name, text]) => `request.Header.Set(${value(name)}, ${value(text)})`),
      ...headers,
      ...(call.basic === undefined
        ? []
        : [`request.SetBasicAuth(${value(call.basic.username)}, ${value(call.basic.password)})`]),
      'response, err := http.DefaultClient.Do(request)',
      ...CHECK,
      'defer response.Body.Close()',
      'answer, err := io.ReadAll(response.Body)',
      ...CHECK,
      'fmt.Println(response.Status, string(answer))',
    ];
    // Go refuses an import that is not used, and a text of the request may look like a use.
    const code = lines.map((line) => line.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')).join('\n');
    const packages = PACKAGES.filter(([, use]) => code.includes(use));
    return [
      'package main',
      '',
      'import (',
      ...packages.map(([name]) => `\t"${name}"`),
      ')',
      '',
      'func main() {',
      ...lines.map((line) => `\t${line}`),
      '}',
    ].join('\n');
  },
};

const CHECK = ['if err != nil {', '\tpanic(err)', '}'];

/** The packages that may be needed, each with what shows that it is. */
const PACKAGES = [
  ['bytes', 'bytes.Buffer'],
  ['fmt', 'fmt.Println'],
  ['io', 'io.'],
  ['mime/multipart', 'multipart.NewWriter'],
  ['net/http', 'http.'],
  ['net/textproto', 'textproto.'],
  ['os', 'os.'],
  ['strings', 'strings.NewReader'],
] as const;

function toBody(
  body: Call['body'],
  value: (text: string) => string,
): { readonly before: readonly string[]; readonly reader: string; readonly headers: readonly string[] } {
  switch (body?.kind) {
    case undefined:
      return { before: [], reader: 'nil', headers: [] };
    case 'text':
      return { before: [], reader: `strings.NewReader(${value(body.text)})`, headers: [] };
    case 'file':
      return {
        before: [`file, err := os.Open(${value(body.path)})`, ...CHECK, 'defer file.Close()'],
        reader: 'file',
        headers: [],
      };
    case 'multipart':
      return {
        before: [
          'var body bytes.Buffer',
          'form := multipart.NewWriter(&body)',
          ...body.parts.flatMap((part) => toPart(part, value)),
          'form.Close()',
        ],
        reader: '&body',
        headers: ['request.Header.Set("Content-Type", form.FormDataContentType())'],
      };
  }
}

/** Each part in a block of its own, so that their names do not meet. */
function toPart(
  { name, value: text, isFile, contentType }: Extract<Call['body'], { kind: 'multipart' }>['parts'][number],
  value: (text: string) => string,
): string[] {
  const disposition = isFile
    ? `fmt.Sprintf("form-data; name=%q; filename=%q", ${value(name)}, ${value(toFileName(text))})`
    : `fmt.Sprintf("form-data; name=%q", ${value(name)})`;
  const lines = [
    'header := textproto.MIMEHeader{}',
    `header.Set("Content-Disposition", ${disposition})`,
    ...(contentType === undefined ? [] : [`header.Set("Content-Type", ${value(contentType)})`]),
    'part, err := form.CreatePart(header)',
    ...CHECK,
    ...(isFile
      ? [`content, err := os.ReadFile(${value(text)})`, ...CHECK, 'part.Write(content)']
      : [`io.WriteString(part, ${value(text)})`]),
  ];
  return ['{', ...lines.map((line) => `\t${line}`), '}'];
}
