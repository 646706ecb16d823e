import type { Call } from '../call.ts';
import { quote, toFileName, writeQuoted } from '../text.ts';
import type { CodeTarget } from './target.ts';

/** `java.net.http`, part of Java since 11. */
export const java: CodeTarget = {
  title: 'Java (java.net.http)',
  language: 'java',
  comment: '//',
  write(call, variables) {
    const value = (text: string): string =>
      writeQuoted(text, variables, (name) => `System.getenv(${quote(name)})`);
    const { before, publisher, headers } = toBody(call.body, value);
    const basic =
      call.basic === undefined
        ? []
        : [
            `.header("Authorization", "Basic " + Base64.getEncoder().encodeToString((${value(`${call.basic.username}:${call.basic.password}`)}).getBytes(StandardCharsets.UTF_8)))`,
          ];
    const chain = [
      `.uri(URI.create(${value(call.url)}))`,
      `.method(${value(call.method)}, ${publisher})`,
      ...call.headers.map(([name, text]) => `.header(${value(name)}, ${value(text)})`),
      ...headers,
      ...basic,
      '.build();',
    ];
    const lines = [
      ...before,
      'var request = HttpRequest.newBuilder()',
      ...chain.map((line) => `    ${line}`),
      'var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());',
      'System.out.println(response.statusCode() + " " + response.body());',
    ];
    const imports = IMPORTS.filter(([, use]) => lines.some((line) => line.includes(use)));
    return [
      ...imports.map(([name]) => `import ${name};`),
      '',
      'class Call {',
      '    public static void main(String[] arguments) throws Exception {',
      ...lines.map((line) => `        ${line}`),
      '    }',
      '}',
    ].join('\n');
  },
};

const IMPORTS = [
  ['java.io.ByteArrayOutputStream', 'ByteArrayOutputStream'],
  ['java.net.URI', 'URI.'],
  ['java.net.http.HttpClient', 'HttpClient.'],
  ['java.net.http.HttpRequest', 'HttpRequest.'],
  ['java.net.http.HttpResponse', 'HttpResponse.'],
  ['java.nio.charset.StandardCharsets', 'StandardCharsets.'],
  ['java.nio.file.Files', 'Files.'],
  ['java.nio.file.Path', 'Path.of'],
  ['java.util.Base64', 'Base64.'],
] as const;

const BOUNDARY = 'castellan-part';

function toBody(
  body: Call['body'],
  value: (text: string) => string,
): { readonly before: readonly string[]; readonly publisher: string; readonly headers: readonly string[] } {
  const publishers = 'HttpRequest.BodyPublishers';
  switch (body?.kind) {
    case undefined:
      return { before: [], publisher: `${publishers}.noBody()`, headers: [] };
    case 'text':
      return { before: [], publisher: `${publishers}.ofString(${value(body.text)})`, headers: [] };
    case 'file':
      return { before: [], publisher: `${publishers}.ofFile(Path.of(${value(body.path)}))`, headers: [] };
    case 'multipart':
      // Java has no writer of multipart bodies.
      return {
        before: [
          'var body = new ByteArrayOutputStream();',
          ...body.parts.flatMap((part) => toPart(part, value)),
          `body.write("--${BOUNDARY}--\\r\\n".getBytes(StandardCharsets.UTF_8));`,
        ],
        publisher: `${publishers}.ofByteArray(body.toByteArray())`,
        headers: [`.header("Content-Type", "multipart/form-data; boundary=${BOUNDARY}")`],
      };
  }
}

function toPart(
  { name, value: text, isFile, contentType }: Extract<Call['body'], { kind: 'multipart' }>['parts'][number],
  value: (text: string) => string,
): string[] {
  const quoted = (part: string): string => part.replaceAll('"', '%22').replaceAll(/[\r\n]+/g, ' ');
  const file = isFile ? `; filename="${quoted(toFileName(text))}"` : '';
  const type = contentType === undefined ? '' : `\r\nContent-Type: ${quoted(contentType)}`;
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${quoted(name)}"${file}${type}\r\n\r\n`;
  const bytes = (expression: string): string =>
    `body.write((${expression}).getBytes(StandardCharsets.UTF_8));`;
  return [
    bytes(value(head)),
    isFile ? `body.write(Files.readAllBytes(Path.of(${value(text)})));` : bytes(value(text)),
    bytes('"\\r\\n"'),
  ];
}
