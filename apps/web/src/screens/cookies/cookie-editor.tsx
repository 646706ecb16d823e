import { useQuery } from '@tanstack/react-query';
import type { CookieEdit, CookieView } from '@castellan/workbench/api';
import { Plus, Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { call, cookiesQuery } from '../../api.ts';
import { attempt, showDialog } from '../../state/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Modal } from '../../ui/modal.tsx';

const NEW: CookieEdit = { domain: '', path: '/', name: '', value: '', httpOnly: false, secure: false };

/** The cookies that answers set and that go with every Send: look, change, add, delete. */
export function CookieEditor() {
  const cookies = useQuery(cookiesQuery).data?.cookies ?? [];
  const [draft, setDraft] = useState<CookieEdit | null>(null);
  const domains = [...new Set(cookies.map(({ domain }) => domain))].sort();
  return (
    <Modal title="Cookies" width="w-[760px]" onClose={() => showDialog(null)}>
      <div className="flex items-center gap-2 border-b border-line px-4 py-2">
        <p className="text-sm text-ink-2">
          Answers set them, requests to the same host send them, and they stay until they expire.
        </p>
        <Button className="ml-auto" onClick={() => setDraft(NEW)}>
          <Plus size={13} aria-hidden /> Add
        </Button>
        <Button
          disabled={cookies.length === 0}
          onClick={() => void attempt(() => call('DELETE /api/cookies'))}
        >
          Delete all
        </Button>
      </div>
      {draft !== null && <CookieForm key={draft.name} draft={draft} onDone={() => setDraft(null)} />}
      <div className="min-h-40 flex-1 overflow-auto">
        {cookies.length === 0 && draft === null && (
          <Empty title="No cookies">Sign in through a request, or add one by hand.</Empty>
        )}
        {domains.map((domain) => (
          <section key={domain} aria-label={domain}>
            <h3 className="bg-sunken px-4 py-1.5 text-sm font-semibold">{domain}</h3>
            <ul>
              {cookies
                .filter((cookie) => cookie.domain === domain)
                .map((cookie) => (
                  <CookieRow
                    key={`${cookie.path} ${cookie.name}`}
                    cookie={cookie}
                    onEdit={() => setDraft(toEdit(cookie))}
                  />
                ))}
            </ul>
          </section>
        ))}
      </div>
    </Modal>
  );
}

function toEdit({ value = '', ...cookie }: CookieView): CookieEdit {
  return { ...cookie, value };
}

function CookieRow({ cookie, onEdit }: { cookie: CookieView; onEdit: () => void }) {
  const { domain, path, name } = cookie;
  const marks = [
    cookie.httpOnly ? 'HttpOnly' : '',
    cookie.secure ? 'Secure' : '',
    cookie.expires === undefined
      ? 'until it is deleted'
      : `until ${cookie.expires.slice(0, 16).replace('T', ' ')}`,
  ].filter(Boolean);
  return (
    <li className="flex items-center gap-3 border-b border-line px-4 py-1 text-[12.5px]">
      <button
        type="button"
        className="flex min-w-0 flex-1 items-baseline gap-3 text-left font-mono text-sm hover:underline"
        onClick={onEdit}
      >
        <span className="font-semibold">{name}</span>
        <span className="truncate text-ink-2">{cookie.value ?? '••••••••'}</span>
      </button>
      <span className="shrink-0 text-sm text-ink-3">
        {path} · {marks.join(' · ')}
      </span>
      <IconButton
        label={`Delete ${name}`}
        onClick={() => void attempt(() => call('POST /api/cookies/delete', { body: { domain, path, name } }))}
      >
        <Trash2 size={13} />
      </IconButton>
    </li>
  );
}

function CookieForm({ draft: first, onDone }: { draft: CookieEdit; onDone: () => void }) {
  const [draft, setDraft] = useState(first);
  const [problem, setProblem] = useState('');
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await call('PUT /api/cookies', { body: draft });
      onDone();
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : 'It could not be saved.');
    }
  };
  const field = (name: 'domain' | 'path' | 'name' | 'value', label: string, placeholder = '') => (
    <label className="flex flex-col gap-1 text-sm text-ink-2">
      {label}
      <input
        className="h-8 rounded-md border border-line-strong bg-raised px-2 font-mono text-sm text-ink"
        spellCheck={false}
        placeholder={placeholder}
        value={draft[name]}
        onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <form aria-label="Cookie" className="border-b border-line p-4" onSubmit={(event) => void save(event)}>
      <div className="grid grid-cols-[1.4fr_0.8fr_1fr_1.6fr] gap-3">
        {field('domain', 'Host', 'acme.example.com')}
        {field('path', 'Path')}
        {field('name', 'Name')}
        {field('value', 'Value')}
      </div>
      <div className="mt-3 flex items-center gap-4 text-sm">
        {(['httpOnly', 'secure'] as const).map((name) => (
          <label key={name} className="flex items-center gap-1.5">
            <input
              type="checkbox"
              className="accent-[var(--accent)]"
              checked={draft[name]}
              onChange={(event) => setDraft({ ...draft, [name]: event.target.checked })}
            />
            {name === 'httpOnly' ? 'HttpOnly' : 'Secure (https only)'}
          </label>
        ))}
        {problem !== '' && (
          <p role="alert" className="text-bad">
            {problem}
          </p>
        )}
        <span className="ml-auto flex gap-2">
          <Button onClick={onDone}>Cancel</Button>
          <Button look="primary" type="submit">
            Save
          </Button>
        </span>
      </div>
    </form>
  );
}
