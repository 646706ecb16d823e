import { lazy, Suspense } from 'react';
import type { CodeEditorProps } from './code-editor.tsx';

const Editor = lazy(async () => ({ default: (await import('./code-editor.tsx')).CodeEditor }));

/** The editor, whose code arrives when it is first needed. */
export function LazyEditor(props: CodeEditorProps) {
  return (
    <Suspense fallback={<p className="p-4 text-sm text-ink-3">Opening the editor …</p>}>
      <Editor {...props} />
    </Suspense>
  );
}
