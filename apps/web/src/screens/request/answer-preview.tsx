import { decodeBytes, type Answer } from '../../state/answer.ts';

type Response = NonNullable<Answer['response']>;

/** Whether a browser can show the answer as something else than text. */
export function canPreview(response: Response): boolean {
  return toKind(response) !== undefined;
}

function toKind(response: Response): 'page' | 'picture' | 'pdf' | undefined {
  const type = toType(response);
  if (/^text\/html|^application\/xhtml/.test(type)) return 'page';
  if (/^image\/(png|jpeg|gif|webp|svg\+xml|avif)/.test(type)) return 'picture';
  return type === 'application/pdf' ? 'pdf' : undefined;
}

function toType(response: Response): string {
  const header = response.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return header.split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The answer as a page, picture or document. A page runs no scripts and loads nothing. */
export function AnswerPreview({ response, text }: { response: Response; text: string }) {
  const kind = toKind(response);
  const show = (node: HTMLIFrameElement | HTMLImageElement | null) => {
    if (node === null) return undefined;
    const content = kind === 'page' ? text : decodeBytes(response.bodyBase64);
    const url = URL.createObjectURL(new Blob([content], { type: toType(response) }));
    node.src = url;
    return () => URL.revokeObjectURL(url);
  };
  switch (kind) {
    case 'page':
      // What another server wrote must not act as this page: no scripts, no origin.
      return (
        <iframe key={text} ref={show} title="Preview" sandbox="" className="min-h-0 flex-1 bg-[white]" />
      );
    case 'picture':
      return (
        <div className="min-h-0 flex-1 overflow-auto p-4">
          <img key={response.bodyBase64} ref={show} alt="The answer" />
        </div>
      );
    case 'pdf':
      // oxlint-disable-next-line react/iframe-missing-sandbox -- the browser's own viewer does not start in a sandbox
      return <iframe key={response.bodyBase64} ref={show} title="Preview" className="min-h-0 flex-1" />;
    case undefined:
      return null;
  }
}
