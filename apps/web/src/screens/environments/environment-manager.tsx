import { useQuery } from '@tanstack/react-query';
import type { EnvironmentView } from '@castellan/workbench/api';
import { Copy, Download, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { call, environmentsQuery } from '../../api.ts';
import { attempt, chooseEnvironment, showDialog, tell, useStore } from '../../state/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Modal } from '../../ui/modal.tsx';
import { OrgDot } from '../../ui/org-dot.tsx';
import { TabStrip } from '../../ui/tabs.tsx';
import { saveFrom } from '../../ui/save-file.ts';
import { emptyRow, findProblems, isSecret, toDraft, type Draft } from './draft.ts';
import { GuardForm } from './guard-form.tsx';
import { SecretsForm } from './secrets-form.tsx';
import { ValuesForm } from './values-form.tsx';

/** All environments: the list at the left, the rows of one at the right. */
export function EnvironmentManager() {
  const { data } = useQuery(environmentsQuery);
  const chosenId = useStore((state) => state.environmentId);
  const environments = data?.environments ?? [];
  const first = environments.find(({ id }) => id === chosenId) ?? environments[0];
  const [draft, setDraft] = useState<Draft | null>(first === undefined ? null : toDraft(first));
  return (
    <Modal title="Manage environments" width="w-[980px]" onClose={() => showDialog(null)}>
      <div className="grid min-h-100 grid-cols-[220px_1fr] overflow-hidden rounded-b-lg">
        <div className="flex flex-col gap-0.5 overflow-auto border-r border-line bg-sunken p-2">
          {environments.map((view) => (
            <button
              key={view.id}
              type="button"
              aria-current={draft?.id === view.id}
              className={`flex h-7.5 shrink-0 items-center gap-2 rounded-md px-2 text-left text-[12.5px] ${draft?.id === view.id ? 'bg-active font-semibold' : 'hover:bg-hover'}`}
              onClick={() => setDraft(toDraft(view))}
            >
              <OrgDot org={view.org} />
              <span className="truncate">{view.name}</span>
              {view.scope === 'globals' && <span className="ml-auto text-xs text-ink-3">globals</span>}
            </button>
          ))}
          <div className="mt-2 flex flex-wrap gap-1.5">
            <Button
              onClick={() =>
                setDraft({ id: null, name: 'New environment', scope: 'environment', rows: [emptyRow] })
              }
            >
              <Plus size={13} /> Add
            </Button>
            {!environments.some(({ scope }) => scope === 'globals') && (
              <Button
                onClick={() => setDraft({ id: null, name: 'Globals', scope: 'globals', rows: [emptyRow] })}
              >
                Add globals
              </Button>
            )}
            <Button onClick={() => showDialog('import')}>Import</Button>
          </div>
        </div>
        {draft === null ? (
          <Empty title="No environments yet">
            An environment holds what differs between orgs: its address (url) and token (apikey). Press Add to
            make one.
          </Empty>
        ) : (
          <Form
            key={draft.id ?? 'new'}
            draft={draft}
            view={environments.find(({ id }) => id === draft.id)}
            onChange={setDraft}
          />
        )}
      </div>
    </Modal>
  );
}

interface FormProps {
  readonly draft: Draft;
  /** As the workbench has it; absent until it was saved once. */
  readonly view: EnvironmentView | undefined;
  readonly onChange: (draft: Draft | null) => void;
}

function Form({ draft, view: kept, onChange }: FormProps) {
  const problems = findProblems(draft);
  const isWrong = problems.name !== undefined || problems.keys.size > 0;

  const save = async () => {
    if (isWrong) return;
    const values = draft.rows
      .filter((row) => row.key.trim() !== '')
      .map(({ isKept, value, initial, ...row }) => ({
        ...row,
        ...(isKept || value === undefined ? {} : { value }),
        ...(isSecret({ ...row, isKept }) || initial === undefined ? {} : { initial }),
      }));
    const body = { name: draft.name, scope: draft.scope, values };
    const { id } = draft;
    const view = await attempt(() =>
      id === null
        ? call('POST /api/environments', { body })
        : call('PUT /api/environments/{environmentId}', { path: { environmentId: id }, body }),
    );
    if (view === undefined) return;
    onChange(toDraft(view));
    tell(`Saved “${view.name}”.`);
    if (id === null && view.scope === 'environment') chooseEnvironment(view.id);
  };
  const duplicate = async () => {
    if (draft.id === null) return;
    const path = { environmentId: draft.id };
    const view = await attempt(() => call('POST /api/environments/{environmentId}/duplicate', { path }));
    if (view !== undefined) onChange(toDraft(view));
  };
  const remove = async () => {
    if (draft.id === null) return onChange(null);
    if (!confirm(`Delete “${draft.name}” and its secrets? This cannot be taken back.`)) return;
    const path = { environmentId: draft.id };
    await attempt(() => call('DELETE /api/environments/{environmentId}', { path }));
    if (useStore.getState().environmentId === draft.id) chooseEnvironment(null);
    onChange(null);
  };

  return (
    <div className="flex min-w-0 flex-col overflow-hidden">
      <form
        aria-label="Environment"
        className="flex items-center gap-2 border-b border-line p-3"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <input
          aria-label="Environment name"
          aria-invalid={problems.name !== undefined}
          className="h-8 min-w-0 flex-1 rounded-md border border-line-strong bg-raised px-2.5 font-semibold"
          value={draft.name}
          onChange={(event) => onChange({ ...draft, name: event.target.value })}
        />
        <IconButton label="Duplicate" disabled={draft.id === null} onClick={() => void duplicate()}>
          <Copy size={14} />
        </IconButton>
        <IconButton
          label="Export"
          disabled={draft.id === null}
          onClick={() => saveFrom(`/api/environments/${encodeURIComponent(draft.id ?? '')}/export`)}
        >
          <Download size={14} />
        </IconButton>
        <IconButton label="Delete" onClick={() => void remove()}>
          <Trash2 size={14} />
        </IconButton>
        <Button look="primary" type="submit" disabled={isWrong}>
          Save
        </Button>
      </form>
      {problems.name !== undefined && (
        <p role="alert" className="border-b border-line px-3 py-1.5 text-sm text-bad">
          {problems.name}
        </p>
      )}
      <TabStrip
        label="Parts of the environment"
        panes={[
          {
            name: 'Values',
            content: () => (
              <ValuesForm
                rows={draft.rows}
                problems={problems.keys}
                onChange={(rows) => onChange({ ...draft, rows })}
              />
            ),
          },
          ...(kept === undefined
            ? []
            : [{ name: 'Secrets', content: () => <SecretsForm environment={kept} /> }]),
          ...(kept === undefined || kept.scope === 'globals'
            ? []
            : [{ name: 'Guard', content: () => <GuardForm key={kept.id} environment={kept} /> }]),
        ]}
      />
    </div>
  );
}
