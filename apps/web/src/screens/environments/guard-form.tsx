import type { EnvironmentView, GuardRules } from '@castellan/workbench/api';
import { useState, type ReactNode } from 'react';
import { call } from '../../api.ts';
import { tell } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { OrgDot } from '../../ui/org-dot.tsx';

const KINDS = { local: 'Local', preview: 'Preview', production: 'Production' } as const;
const CONFIRM = {
  nothing: 'Nothing',
  irreversible: 'What cannot be undone',
  writes: 'Every write',
} as const;

interface Draft {
  readonly kind: GuardRules['kind'];
  readonly readOnly: boolean;
  readonly confirm: keyof typeof CONFIRM;
  readonly budget: string;
  readonly from: string;
  readonly to: string;
}

function toDraft({ guard, org }: EnvironmentView): Draft {
  return {
    kind: guard?.kind ?? (org === 'none' ? 'production' : org),
    readOnly: guard?.readOnly ?? false,
    confirm: guard?.confirm ?? 'nothing',
    budget: guard?.writeBudget === undefined ? '' : String(guard.writeBudget),
    from: guard?.hours?.from ?? '',
    to: guard?.hours?.to ?? '',
  };
}

/** What is wrong with a draft, by the field it is said beside. */
function findProblems({ budget, from, to }: Draft): { readonly budget?: string; readonly hours?: string } {
  const isCount = budget === '' || /^\d{1,9}$/.test(budget.trim());
  const isHours = (from === '') === (to === '') && (from === '' || from !== to);
  return {
    ...(isCount ? {} : { budget: 'A whole number from 0 on belongs here, or nothing for no limit.' }),
    ...(isHours ? {} : { hours: 'Give both times, and two different ones; or neither for the whole day.' }),
  };
}

function toRules({ kind, readOnly, confirm, budget, from, to }: Draft): GuardRules {
  return {
    kind,
    ...(readOnly ? { readOnly } : {}),
    ...(confirm === 'nothing' ? {} : { confirm }),
    ...(budget === '' ? {} : { writeBudget: Number(budget) }),
    ...(from === '' ? {} : { hours: { from, to } }),
  };
}

/** What protects the org of an environment from a write by mistake. The engine keeps to it, in the app and beside it. */
export function GuardForm({ environment }: { environment: EnvironmentView }) {
  const [draft, setDraft] = useState(() => toDraft(environment));
  const [problem, setProblem] = useState('');
  const problems = findProblems(draft);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const save = async (guard: GuardRules | null) => {
    try {
      const view = await call('PUT /api/environments/{environmentId}/guard', {
        path: { environmentId: environment.id },
        body: { guard },
      });
      setDraft(toDraft(view));
      setProblem('');
      tell(guard === null ? `“${view.name}” is guarded by its kind.` : `Saved the guard of “${view.name}”.`);
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : 'It could not be saved.');
    }
  };
  return (
    <form
      aria-label="Guard"
      className="flex min-h-0 flex-1 flex-col gap-3.5 overflow-auto p-4 text-[12.5px]"
      onSubmit={(event) => {
        event.preventDefault();
        if (Object.keys(problems).length === 0) void save(toRules(draft));
      }}
    >
      <p className="text-ink-2">
        {environment.host === undefined ? (
          'This environment names no org yet: add its address as url under Values.'
        ) : (
          <>
            Protects <span className="font-mono text-ink">{environment.host}</span>, here and on the command
            line.
            {!environment.guardIsChosen &&
              environment.guard !== undefined &&
              ' Nobody has chosen a guard, so it has that of a production org.'}
          </>
        )}
      </p>
      {environment.guardFault !== undefined && (
        <p role="alert" className="rounded-md bg-bad-soft p-2.5 text-bad">
          {environment.guardFault}
        </p>
      )}
      <Row label="Kind of org">
        <span className="flex items-center gap-2">
          <OrgDot org={draft.kind} />
          <select
            aria-label="Kind of org"
            className={`${field} w-44`}
            value={draft.kind}
            // The options are the kinds.
            onChange={(event) => change({ kind: event.target.value as GuardRules['kind'] })}
          >
            {Object.entries(KINDS).map(([kind, label]) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          </select>
        </span>
      </Row>
      <Row label="To be confirmed by typing the org’s name">
        <select
          aria-label="To be confirmed"
          className={`${field} w-52`}
          value={draft.confirm}
          // The options are the classes.
          onChange={(event) => change({ confirm: event.target.value as keyof typeof CONFIRM })}
        >
          {Object.entries(CONFIRM).map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </Row>
      <Row label="Writes that one run may make" problem={problems.budget}>
        <input
          aria-label="Writes that one run may make"
          className={`${field} w-32`}
          inputMode="numeric"
          placeholder="no limit"
          aria-invalid={problems.budget !== undefined}
          value={draft.budget}
          onChange={(event) => change({ budget: event.target.value })}
        />
      </Row>
      <Row label="Hours in which it may be written to" problem={problems.hours}>
        <span className="flex items-center gap-2">
          {(['from', 'to'] as const).map((name) => (
            <input
              key={name}
              type="time"
              aria-label={name === 'from' ? 'From' : 'To'}
              className={`${field} w-32`}
              aria-invalid={problems.hours !== undefined}
              value={draft[name]}
              onChange={(event) => change({ [name]: event.target.value })}
            />
          ))}
        </span>
      </Row>
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          className="accent-[var(--accent)]"
          checked={draft.readOnly}
          onChange={(event) => change({ readOnly: event.target.checked })}
        />
        Read-only: nothing is written at all
      </label>
      {problem !== '' && (
        <p role="alert" className="text-bad">
          {problem}
        </p>
      )}
      <div className="mt-auto flex items-center gap-2">
        {environment.guardIsChosen && (
          <Button onClick={() => void save(null)}>Leave it to the kind of org</Button>
        )}
        <Button type="submit" look="primary" className="ml-auto" disabled={Object.keys(problems).length > 0}>
          Save the guard
        </Button>
      </div>
    </form>
  );
}

const field = 'h-8 rounded-md border border-line-strong bg-raised px-2 text-[12.5px]';

interface RowProps {
  readonly label: string;
  readonly problem?: string | undefined;
  readonly children: ReactNode;
}

function Row({ label, problem, children }: RowProps) {
  return (
    <div className="grid grid-cols-[minmax(160px,1fr)_2fr] items-center gap-x-3 gap-y-1">
      <span className="text-ink-2">{label}</span>
      {children}
      {problem !== undefined && (
        <p role="alert" className="col-start-2 text-sm text-bad">
          {problem}
        </p>
      )}
    </div>
  );
}
