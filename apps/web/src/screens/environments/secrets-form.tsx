import type { EnvironmentRow, EnvironmentView } from '@castellan/workbench/api';
import { useState } from 'react';
import { call } from '../../api.ts';
import { tell } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';

/** Who gets each secret of an environment: its hosts, and whether scripts read it. The values stay with the workbench. */
export function SecretsForm({ environment }: { environment: EnvironmentView }) {
  const secrets = environment.values.filter(({ type, hasValue }) => type === 'secret' && hasValue);
  if (secrets.length === 0)
    return (
      <Empty title="No secrets yet">
        A value of the type Secret, such as an API token, is kept outside of the workspace folder and goes to
        its own org only.
      </Empty>
    );
  return (
    <ul className="min-h-0 flex-1 overflow-auto">
      {secrets.map((row) => (
        <Secret key={`${row.key} ${(row.hosts ?? []).join()}`} environment={environment} row={row} />
      ))}
    </ul>
  );
}

function Secret({ environment, row }: { environment: EnvironmentView; row: EnvironmentRow }) {
  const [hosts, setHosts] = useState((row.hosts ?? []).join(', '));
  const [isAnywhere, setAnywhere] = useState(row.hosts === undefined);
  const [isReadable, setReadable] = useState(row.readable === true);
  const [problem, setProblem] = useState('');
  const save = async () => {
    const names = hosts.split(/[\s,]+/).filter(Boolean);
    try {
      await call('PUT /api/environments/{environmentId}/secrets/{key}', {
        path: { environmentId: environment.id, key: row.key },
        body: { hosts: isAnywhere ? null : names, readable: isReadable },
      });
      setProblem('');
      tell(`Saved who gets “${row.key}”.`);
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : 'It could not be saved.');
    }
  };
  const id = `secret-${row.key}`;
  return (
    <li className="border-b border-line p-4">
      <form
        aria-label={`Who gets ${row.key}`}
        className="flex flex-col gap-2.5 text-[12.5px]"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <h3 className="font-mono font-semibold">{row.key}</h3>
        <label htmlFor={id} className="text-ink-2">
          Hosts that get it, with the port where the address names one
        </label>
        <input
          id={id}
          className="h-8 rounded-md border border-line-strong bg-raised px-2 font-mono text-sm disabled:opacity-50"
          spellCheck={false}
          disabled={isAnywhere}
          placeholder={environment.host ?? 'acme.okta.com'}
          aria-invalid={problem !== ''}
          aria-describedby={`${id}-problem`}
          value={isAnywhere ? '' : hosts}
          onChange={(event) => setHosts(event.target.value)}
        />
        <p id={`${id}-problem`} role="alert" className="text-bad empty:hidden">
          {problem}
        </p>
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            className="accent-[var(--accent)]"
            checked={isAnywhere}
            onChange={(event) => setAnywhere(event.target.checked)}
          />
          Any host gets it; a request to a wrong address then carries it there
        </label>
        <div className="flex items-center gap-2">
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              className="accent-[var(--accent)]"
              checked={isReadable}
              onChange={(event) => setReadable(event.target.checked)}
            />
            Scripts may read it; otherwise they handle it without seeing it
          </label>
          <Button type="submit" className="ml-auto">
            Save
          </Button>
        </div>
      </form>
    </li>
  );
}
