import { hasContentType, type Call } from '../call.ts';
import { quote, toFileName, writeQuoted } from '../text.ts';
import type { CodeTarget } from './target.ts';

/** Headers that .NET keeps with the content of a request. */
const CONTENT_HEADERS = new Set([
  'allow',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-location',
  'content-md5',
  'content-range',
  'content-type',
  'expires',
  'last-modified',
]);

/** `HttpClient` of .NET. */
export const csharp: CodeTarget = {
  title: 'C# (HttpClient)',
  language: 'csharp',
  comment: '//',
  write(call, variables) {
    const value = (text: string): string =>
      writeQuoted(text, variables, (name) => `Environment.GetEnvironmentVariable(${quote(name)})`);
    const isContent = ([name]: readonly [string, string]): boolean => CONTENT_HEADERS.has(name.toLowerCase());
    const content = call.headers.filter(isContent);
    const basic =
      call.basic === undefined
        ? []
        : [
            `var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes(${value(`${call.basic.username}:${call.basic.password}`)}));`,
            'request.Headers.TryAddWithoutValidation("Authorization", "Basic " + credentials);',
          ];
    return [
      'using System.Text;',
      '',
      'using var client = new HttpClient();',
      `using var request = new HttpRequestMessage(new HttpMethod(${value(call.method)}), ${value(call.url)});`,
      ...call.headers
        .filter((header) => !isContent(header))
        .map(([name, text]) => `request.Headers.TryAddWithoutValidation(${value(name)}, ${value(text)});`),
      ...basic,
      ...toBody(call.body, value),
      ...(call.body === undefined && content.length > 0
        ? ['request.Content = new ByteArrayContent([]);']
        : []),
      ...(call.body?.kind === 'text' && !hasContentType(call)
        ? ['request.Content.Headers.ContentType = null;']
        : []),
      ...(call.body?.kind === 'multipart'
        ? []
        : content.flatMap(([name, text]) => toContentHeader(name, text, value))),
      'using var response = await client.SendAsync(request);',
      'Console.WriteLine((int)response.StatusCode + " " + await response.Content.ReadAsStringAsync());',
    ].join('\n');
  },
};

function toContentHeader(name: string, text: string, value: (text: string) => string): string[] {
  return [
    `request.Content.Headers.Remove(${value(name)});`,
    `request.Content.Headers.TryAddWithoutValidation(${value(name)}, ${value(text)});`,
  ];
}

function toBody(body: Call['body'], value: (text: string) => string): string[] {
  switch (body?.kind) {
    case undefined:
      return [];
    case 'text':
      return [`request.Content = new StringContent(${value(body.text)}, Encoding.UTF8);`];
    case 'file':
      return [`request.Content = new StreamContent(File.OpenRead(${value(body.path)}));`];
    case 'multipart':
      return [
        'var form = new MultipartFormDataContent();',
        ...body.parts.flatMap(({ name, value: text, isFile, contentType }, index) => [
          isFile
            ? `var part${index + 1} = new StreamContent(File.OpenRead(${value(text)}));`
            : `var part${index + 1} = new StringContent(${value(text)});`,
          ...(contentType === undefined
            ? []
            : [
                `part${index + 1}.Headers.Remove("Content-Type");`,
                `part${index + 1}.Headers.TryAddWithoutValidation("Content-Type", ${value(contentType)});`,
              ]),
          `form.Add(part${index + 1}, ${value(name)}${isFile ? `, ${value(toFileName(text))}` : ''});`,
        ]),
        'request.Content = form;',
      ];
  }
}
