import { useCallback } from 'react';
import type { OpenBody } from '../../bodies/open-body.ts';
import type { Answer } from '../../state/answer.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { usePromise } from '../../ui/use-promise.ts';

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

interface AnswerPreviewProps {
  readonly response: Response;
  readonly body: OpenBody;
  /** Saves the body as a file. */
  readonly onSave: () => void;
}

/** The answer as a page, picture or document. A page runs no scripts and loads nothing. */
export function AnswerPreview({ response, body, onSave }: AnswerPreviewProps) {
  const kind = toKind(response);
  const bytes = usePromise(() => body.bytes(), [body]);
  const type = toType(response);
  const show = useCallback(
    (node: HTMLIFrameElement | HTMLImageElement | null) => {
      if (node === null || bytes === undefined) return undefined;
      const url = URL.createObjectURL(new Blob([bytes], { type }));
      node.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [bytes, type],
  );
  if (bytes === undefined) return <Empty title="Reading the body …" />;
  switch (kind) {
    case 'page':
      // What another server wrote must not act as this page: no scripts, no origin.
      return <iframe ref={show} title="Preview" sandbox="" className="min-h-0 flex-1 bg-[white]" />;
    case 'picture':
      return (
        <div className="min-h-0 flex-1 overflow-auto p-4">
          <img ref={show} alt="The answer" />
        </div>
      );
    case 'pdf':
      if (!navigator.pdfViewerEnabled)
        return (
          <Empty
            title="This browser shows no documents"
            action={<Button onClick={onSave}>Save it as a file</Button>}
          >
            The answer is a PDF, and the browser has no viewer for it, or it is switched off.
          </Empty>
        );
      // oxlint-disable-next-line react/iframe-missing-sandbox -- the browser's own viewer does not start in a sandbox
      return <iframe ref={show} title="Preview" className="min-h-0 flex-1" />;
    case undefined:
      return null;
  }
}
