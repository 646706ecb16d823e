import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { json } from '@codemirror/lang-json';
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
  syntaxTree,
} from '@codemirror/language';
import { linter, type Diagnostic } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
  Decoration,
  drawSelection,
  EditorView,
  keymap,
  lineNumbers,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import type { KnownVariable } from '../state/variables.ts';
import { completeScript } from './script-completion.ts';

/** Something wrong in JSON: names from the outside in, and a sentence. */
interface EditorProblem {
  readonly path: readonly (string | number)[];
  readonly sentence: string;
}

export interface CodeEditorProps {
  readonly label: string;
  readonly value: string;
  readonly language: 'json' | 'javascript' | 'text';
  readonly onChange?: (value: string) => void;
  readonly variables?: ReadonlyMap<string, KnownVariable>;
  /** Looks the text over after a pause in typing. */
  readonly check?: ((text: string) => readonly EditorProblem[]) | undefined;
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent)' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn)' },
  { tag: [tags.keyword, tags.definitionKeyword, tags.controlKeyword], color: 'var(--patch)' },
  { tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
]);

const look = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--ink)' },
  '.cm-content': { fontFamily: 'var(--font-mono)', caretColor: 'var(--ink)', padding: '8px 0' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--ink-3)', border: 'none' },
  '.cm-lineNumbers': { minWidth: '34px' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--accent-soft)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-variable': { borderRadius: '3px', backgroundColor: 'var(--accent-soft)', color: 'var(--accent)' },
  '.cm-variable *': { color: 'var(--accent)' },
  '.cm-variable-unset': { backgroundColor: 'var(--bad-soft)', color: 'var(--bad)' },
  '.cm-variable-unset *': { color: 'var(--bad)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--bg-raised)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    boxShadow: 'var(--shadow-pop)',
    color: 'var(--ink)',
    overflow: 'hidden',
  },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)', fontSize: '12px', maxWidth: '560px' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--bg-active)',
    color: 'var(--ink)',
  },
  '.cm-completionDetail': { color: 'var(--ink-3)', fontStyle: 'normal', marginLeft: '12px' },
  '.cm-completionInfo': { padding: '6px 10px', fontSize: '12px', maxWidth: '320px' },
  '.cm-diagnostic': { padding: '4px 10px', fontSize: '12px', borderLeft: '3px solid var(--warn)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--bg-active)',
    color: 'var(--ink-2)',
    border: 'none',
    padding: '0 6px',
  },
});

/** Text with line numbers, colours, completion and undo. Loaded when the first one is shown. */
export function CodeEditor(props: CodeEditorProps) {
  const { label, value, language } = props;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const now = useRef(props);
  useEffect(() => {
    now.current = props;
  });

  useEffect(() => {
    const nonce = document.querySelector('meta[name=csp-nonce]')?.getAttribute('content') ?? '';
    const isReadOnly = now.current.onChange === undefined;
    const editor = new EditorView({
      ...(place.current === null ? {} : { parent: place.current }),
      state: EditorState.create({
        doc: now.current.value,
        extensions: [
          EditorView.cspNonce.of(nonce),
          EditorState.readOnly.of(isReadOnly),
          lineNumbers(),
          foldGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          autocompletion({
            icons: false,
            override: [
              (context) => completeVariable(context, now.current.variables),
              ...(language === 'javascript' ? [completeScript] : []),
            ],
          }),
          syntaxHighlighting(colours),
          look,
          showVariables(() => now.current.variables),
          // Tab indents; Escape and then Tab leaves the editor.
          keymap.of([
            ...closeBracketsKeymap,
            ...defaultKeymap,
            ...historyKeymap,
            ...foldKeymap,
            ...completionKeymap,
            indentWithTab,
          ]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({
            'aria-label': label,
            ...(isReadOnly ? { 'aria-readonly': 'true', tabindex: '0' } : {}),
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) now.current.onChange?.(update.state.doc.toString());
          }),
          ...(language === 'json'
            ? [json(), linter((target) => toDiagnostics(target, now.current.check))]
            : []),
          ...(language === 'javascript' ? [javascript()] : []),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [label, language]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  return <div ref={place} className="min-h-0 flex-1 overflow-auto" />;
}

function completeVariable(
  context: CompletionContext,
  variables: CodeEditorProps['variables'],
): CompletionResult | null {
  const begun = context.matchBefore(/\{\{[\w.$-]*/);
  if (begun === null || variables === undefined) return null;
  return {
    from: begun.from + 2,
    validFor: /^[\w.$-]*$/,
    options: [...variables.values()].map(({ name, scope }): Completion => ({
      label: name,
      detail: scope,
      apply: (editor, _, from, to) => {
        const rest = editor.state.sliceDoc(to, to + 2);
        const insert = rest === '}}' ? name : `${name}}}`;
        editor.dispatch({
          changes: { from, to, insert },
          selection: { anchor: from + name.length + 2 },
        });
      },
    })),
  };
}

/** Draws `{{variables}}` as chips, those without a value in red, and says on hover where a value comes from. */
function showVariables(read: () => CodeEditorProps['variables']) {
  const decorator = new MatchDecorator({
    regexp: /\{\{([^{}\n]+)\}\}/g,
    decoration: ([, name = '']) => {
      const variables = read();
      if (variables === undefined) return Decoration.mark({ class: 'cm-variable' });
      const known = variables.get(name.trim());
      const isSet = known?.hasValue === true || name.startsWith('$');
      const shown = known?.isSecret ? '••••••••' : known?.value;
      return Decoration.mark({
        class: `cm-variable ${isSet ? '' : 'cm-variable-unset'}`,
        attributes: {
          title: isSet
            ? `${shown ?? 'made up at each Send'}\n${known?.scope ?? ''}`
            : `${name} has no value.`,
        },
      });
    },
  });
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(target: EditorView) {
        this.decorations = decorator.createDeco(target);
      }
      update(update: ViewUpdate) {
        this.decorations = decorator.updateDeco(update, this.decorations);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
}

function toDiagnostics(target: EditorView, check: CodeEditorProps['check']): Diagnostic[] {
  const problems = check?.(target.state.doc.toString()) ?? [];
  return problems.map(({ path, sentence }) => ({
    ...locate(target.state, path),
    severity: 'warning',
    message: sentence,
  }));
}

/** Where in JSON the value of a path stands; the nearest one around it when it is not there. */
function locate(state: EditorState, path: readonly (string | number)[]): { from: number; to: number } {
  let node = syntaxTree(state).topNode.firstChild;
  for (const part of path) {
    const next: typeof node =
      typeof part === 'number' ? findItem(node, part) : findProperty(state, node, part);
    if (next === null) break;
    node = next;
  }
  if (node === null) return { from: 0, to: Math.min(1, state.doc.length) };
  return { from: node.from, to: Math.min(node.to, state.doc.lineAt(node.from).to) };
}

type Node = ReturnType<typeof syntaxTree>['topNode']['firstChild'];

function findItem(list: Node, index: number): Node {
  const items = list?.getChildren('Value') ?? [];
  const values = items.length > 0 ? items : childrenOf(list).filter(({ name }) => !/^[[\]⚠]$/.test(name));
  return values[index] ?? null;
}

function childrenOf(node: Node): NonNullable<Node>[] {
  const children: NonNullable<Node>[] = [];
  for (let child = node?.firstChild ?? null; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

function findProperty(state: EditorState, object: Node, name: string): Node {
  const property = object?.getChildren('Property').find((candidate) => {
    const key = candidate.getChild('PropertyName');
    return key !== null && state.sliceDoc(key.from + 1, key.to - 1) === name;
  });
  return property?.lastChild ?? null;
}
