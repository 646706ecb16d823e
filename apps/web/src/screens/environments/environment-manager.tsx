import { useQuery } from '@tanstack/react-query';
import type { EnvironmentRowEdit, EnvironmentView } from '@castellan/workbench/api';
import { Copy, Download, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { call, environmentsQuery } from '../../api.ts';
import { attempt, chooseEnvironment, showDialog, tell, useStore } from '../../state/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Modal } from '../../ui/modal.tsx';
import { OrgDot } from '../../ui/org-dot.tsx';
import { cellInput, RowTable } from '../../ui/row-table.tsx';

interface Draft {
  readonly id: string | null;
  readonly name: string;
  readonly scope: EnvironmentView['scope'];
  readonly rows: readonly DraftRow[];
}

interface DraftRow extends EnvironmentRowEdit {
  /** A secret that the vault holds; the page has no value of it. */
  readonly isKept: boolean;
}

const toDraft = (view: EnvironmentView): Draft => ({
  id: view.id,
  name: view.name,
  scope: view.scope,
  rows: view.values.map(({ hasValue, ...row }) => ({
    ...row,
    was: row.key,
    isKept: row.type === 'secret' && hasValue,
  })),
});

const emptyRow: DraftRow = { key: '', value: '', initial: '', type: 'default', enabled: true, isKept: false };

/** All environments: the list at the left, the rows of one at the right. */
export function EnvironmentManager() {
  const { data } = useQuery(environmentsQuery);
  const chosenId = useStore((state) => state.environmentId);
  const environments = data?.environments ?? [];
  const first = environments.find(({ id }) => id === chosenId) ?? environments[0];
  const [draft, setDraft] = useState<Draft | null>(first === undefined ? null : toDraft(first));
  return (
    <Modal title="Manage environments" width="w-[980px]" onClose={() => showDialog(null)}>
      <div className="grid min-h-100 grid-cols-[220px_1fr] overflow-hidden">
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
          <Form key={draft.id ?? 'new'} draft={draft} onChange={setDraft} />
        )}
      </div>
    </Modal>
  );
}

function Form({ draft, onChange }: { draft: Draft; onChange: (draft: Draft | null) => void }) {
  const changeRow = (index: number, part: Partial<DraftRow>) =>
    onChange({ ...draft, rows: draft.rows.map((row, at) => (at === index ? { ...row, ...part } : row)) });

  const save = async () => {
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
    <form
      aria-label="Environment values"
      className="flex min-w-0 flex-col overflow-hidden"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="flex items-center gap-2 border-b border-line p-3">
        <input
          aria-label="Environment name"
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
          onClick={() => location.assign(`/api/environments/${encodeURIComponent(draft.id ?? '')}/export`)}
        >
          <Download size={14} />
        </IconButton>
        <IconButton label="Delete" onClick={() => void remove()}>
          <Trash2 size={14} />
        </IconButton>
        <Button look="primary" type="submit">
          Save
        </Button>
      </div>
      <div className="min-h-0 flex-1 overflow-auto">
        <RowTable
          label="Values"
          rows={draft.rows}
          nameOf={(row) => row.key}
          isOn={(row) => row.enabled}
          onToggle={(index) => changeRow(index, { enabled: draft.rows[index]?.enabled === false })}
          onRemove={(index) => onChange({ ...draft, rows: draft.rows.filter((_, at) => at !== index) })}
          columns={[
            {
              name: 'Key',
              width: 'w-[24%]',
              cell: (row, index) => (
                <input
                  aria-label={`Key ${index + 1}`}
                  className={cellInput}
                  spellCheck={false}
                  value={row.key}
                  onChange={(event) => changeRow(index, { key: event.target.value })}
                />
              ),
            },
            {
              name: 'Initial value',
              cell: (row, index) => (
                <input
                  aria-label={`Initial ${index + 1}`}
                  className={cellInput}
                  spellCheck={false}
                  disabled={isSecret(row)}
                  placeholder={isSecret(row) ? 'stays out of the file' : ''}
                  value={isSecret(row) ? '' : (row.initial ?? '')}
                  onChange={(event) =>
                    changeRow(index, {
                      initial: event.target.value,
                      ...(row.value === row.initial ? { value: event.target.value } : {}),
                    })
                  }
                />
              ),
            },
            {
              name: 'Current value',
              cell: (row, index) => (
                <input
                  aria-label={`Value ${index + 1}`}
                  className={cellInput}
                  spellCheck={false}
                  autoComplete="off"
                  type={isSecret(row) ? 'password' : 'text'}
                  placeholder={row.isKept ? '•••••••• (type to replace)' : ''}
                  value={row.isKept ? '' : (row.value ?? '')}
                  onChange={(event) =>
                    changeRow(index, {
                      value: event.target.value,
                      isKept: false,
                      // Until someone tells them apart, both values are one.
                      ...(row.value === row.initial ? { initial: event.target.value } : {}),
                    })
                  }
                />
              ),
            },
            {
              name: 'Type',
              width: 'w-24',
              cell: (row, index) => (
                <select
                  aria-label={`Type ${index + 1}`}
                  className="h-8 w-full bg-raised px-1"
                  value={isSecret(row) ? 'secret' : 'default'}
                  onChange={(event) =>
                    changeRow(index, { type: event.target.value === 'secret' ? 'secret' : 'default' })
                  }
                >
                  <option value="default">Default</option>
                  <option value="secret">Secret</option>
                </select>
              ),
            },
          ]}
        />
        <Button
          look="ghost"
          className="m-2"
          onClick={() => onChange({ ...draft, rows: [...draft.rows, emptyRow] })}
        >
          <Plus size={13} /> Add a row
        </Button>
      </div>
      <p className="border-t border-line px-3 py-2 text-sm text-ink-3">
        Requests use current values; scripts change them, and they are yours alone. Initial values are in the
        file that others see. Secrets, and values named like apikey, token or password, stay outside of the
        workspace folder and out of this page.
      </p>
    </form>
  );
}

/** The server decides by the same names; here it only hides what is typed. */
function isSecret(row: DraftRow): boolean {
  return row.type === 'secret' || /api[-_. ]?key|token|passw|secret|credential/i.test(row.key);
}
