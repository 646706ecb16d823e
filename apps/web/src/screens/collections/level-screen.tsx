import { useQuery } from '@tanstack/react-query';
import type { Level } from '@castellan/workbench/api';
import { Play, X } from 'lucide-react';
import { useState } from 'react';
import { call, levelQuery } from '../../api.ts';
import { attempt, showLevel, showRun, tell } from '../../state/store.ts';
import { AuthForm } from '../../ui/auth-form.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { FieldTable } from '../../ui/field-table.tsx';
import { namesWithScripts, ScriptsEditor } from '../../ui/scripts-editor.tsx';
import { TabStrip } from '../../ui/tabs.tsx';
import { useVariables } from '../../ui/use-variables.ts';

interface LevelScreenProps {
  readonly collectionId: string;
  /** The folder's id, or the collection's own. */
  readonly levelId: string;
}

/** What a collection or folder hands down to everything inside: auth, scripts, variables, and a description. */
export function LevelScreen({ collectionId, levelId }: LevelScreenProps) {
  const { data, error } = useQuery(levelQuery(collectionId, levelId));
  return (
    <main className="flex min-h-0 min-w-0 flex-1 flex-col bg-bg">
      {error !== null && (
        <p role="alert" className="m-4 text-[12.5px] text-bad">
          {error.message}
        </p>
      )}
      {data !== undefined && (
        <LevelForm
          key={`${collectionId}/${levelId}`}
          collectionId={collectionId}
          saved={data.level}
          around={data.levels}
        />
      )}
    </main>
  );
}

interface LevelFormProps {
  readonly collectionId: string;
  readonly saved: Level;
  readonly around: readonly Level[];
}

function LevelForm({ collectionId, saved, around }: LevelFormProps) {
  const [level, setLevel] = useState(saved);
  const [base, setBase] = useState(saved);
  const isDirty = JSON.stringify(level) !== JSON.stringify(base);
  // Someone else changed it on disk: without edits here theirs is shown, with edits a person decides.
  const isChangedElsewhere = JSON.stringify(saved) !== JSON.stringify(base);
  if (isChangedElsewhere && !isDirty) {
    setBase(saved);
    setLevel(saved);
  }
  const inherited = useVariables(collectionId, around);
  const change = (part: Partial<Level>) => setLevel({ ...level, ...part });
  const save = () =>
    attempt(async () => {
      await call('POST /api/collections/{collectionId}/edits', {
        path: { collectionId },
        body: {
          kind: 'settings',
          folderId: level.kind === 'collection' ? null : level.id,
          auth: level.auth ?? null,
          variables: level.variables,
          scripts: level.scripts,
          description: level.description?.text ?? '',
        },
      });
      setBase(level);
      tell(`Saved the settings of “${level.name}”.`);
    });
  const scripts = level.scripts.filter(({ source }) => source.trim() !== '').length;
  return (
    <>
      <header className="flex items-center gap-2 px-4 pt-2.5 pb-1 text-sm text-ink-3">
        {around.length > 0 && (
          <span className="truncate">{around.map(({ name }) => name).join(' / ')} /</span>
        )}
        <h1 className="truncate text-lg font-semibold text-ink">{level.name}</h1>
        <span>{level.kind === 'collection' ? 'collection' : 'folder'}</span>
        <span className="ml-auto flex gap-2">
          <Button
            onClick={() =>
              showRun({
                kind: 'build',
                order: { collectionId, ...(level.kind === 'collection' ? {} : { itemId: level.id }) },
              })
            }
          >
            <Play size={12} aria-hidden /> Run
          </Button>
          <Button look="primary" disabled={!isDirty} onClick={() => void save()}>
            Save
          </Button>
          <IconButton label="Close the settings" onClick={() => showLevel(null)}>
            <X size={14} />
          </IconButton>
        </span>
      </header>
      {isChangedElsewhere && isDirty && (
        <p
          role="alert"
          className="mx-4 my-1 flex items-center gap-3 rounded-md bg-warn-soft px-3 py-1.5 text-[12.5px]"
        >
          These settings were also changed on disk. Save keeps yours.
          <Button
            onClick={() => {
              setBase(saved);
              setLevel(saved);
            }}
          >
            Take theirs
          </Button>
        </p>
      )}
      <TabStrip
        label="Settings"
        panes={[
          {
            name: 'Auth',
            ...(level.auth === undefined ? {} : { badge: '•' }),
            content: () => (
              <AuthForm
                auth={level.auth}
                levels={around}
                variables={inherited}
                onChange={(auth) => {
                  const { auth: _before, ...rest } = level;
                  setLevel(auth === undefined ? rest : { ...rest, auth });
                }}
              />
            ),
          },
          // Postman: only a collection has variables; those of a folder are kept in its file and never read.
          ...(level.kind === 'folder'
            ? []
            : [
                {
                  name: 'Variables',
                  ...(level.variables.length === 0 ? {} : { badge: level.variables.length }),
                  content: () => (
                    <>
                      <p className="px-4 py-2 text-sm text-ink-2">
                        Every request inside sees them; an environment’s value of the same name wins.
                      </p>
                      <FieldTable
                        label="Variables"
                        variables={inherited}
                        rows={level.variables.map((variable) => ({
                          ...variable,
                          value:
                            typeof variable.value === 'string'
                              ? variable.value
                              : JSON.stringify(variable.value),
                        }))}
                        createRow={(key, value) => ({ key, value })}
                        onChange={(rows) =>
                          change({ variables: rows.map((row) => ({ ...row, key: row.key ?? '' })) })
                        }
                      />
                    </>
                  ),
                },
              ]),
          {
            name: 'Scripts',
            ...(scripts === 0 ? {} : { badge: scripts }),
            content: () => (
              <ScriptsEditor
                scripts={level.scripts}
                around={namesWithScripts(around)}
                onChange={(changed) => change({ scripts: changed })}
              />
            ),
          },
          {
            name: 'Description',
            content: () => (
              <textarea
                aria-label="Description"
                placeholder="What this is for, in Markdown."
                className="m-4 min-h-0 flex-1 resize-none rounded-md border border-line bg-transparent p-2.5 text-[12.5px]"
                value={level.description?.text ?? ''}
                onChange={(event) =>
                  change({
                    description: {
                      ...(level.description ?? { type: 'text/markdown', form: 'text' as const }),
                      text: event.target.value,
                    },
                  })
                }
              />
            ),
          },
        ]}
      />
    </>
  );
}
