import type { OrgCall } from '@castellan/workbench/api';
import { RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../../ui/facts.tsx';
import { isLoose, type Loose } from '../../ui/loose.ts';

/** Does one call; its refusal comes back as a sentence for the field beside it. */
type Turn = (call: OrgCall, isAnotherState?: boolean) => Promise<string>;

const EXAMPLE = 'groups:\n  - profile: { name: Engineering }';
const HELD = ['users', 'groups', 'rules', 'apps', 'tokens', 'messages'] as const;

/** What the org holds, and what is put into it from a seed file. */
export function SeedCard({ summary, onTurn }: { summary: unknown; onTurn: Turn }) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState('');
  const seed = async () => {
    const refusal = await onTurn({ method: 'POST', path: '/api/local/v1/seed', body: { text } });
    setProblem(refusal);
    if (refusal === '') setText('');
  };
  return (
    <Card title="What it holds">
      {isLoose(summary) && (
        <Facts facts={HELD.map((name) => [name, Number(summary[name] ?? 0).toLocaleString('en')] as const)} />
      )}
      <label className="flex flex-col gap-1 text-ink-2">
        Put in what a seed file says, as YAML or JSON; all of it or nothing
        <textarea
          className="h-24 resize-y rounded-md border border-line-strong bg-raised p-2 font-mono text-sm text-ink"
          spellCheck={false}
          placeholder={EXAMPLE}
          aria-invalid={problem !== ''}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {problem !== '' && (
        <p role="alert" className="text-bad">
          {problem}
        </p>
      )}
      <Button className="self-start" disabled={text.trim() === ''} onClick={() => void seed()}>
        Seed
      </Button>
    </Card>
  );
}

const time = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

interface StatesCardProps {
  readonly snapshots: readonly Loose[];
  readonly copies: readonly Loose[];
  readonly onTurn: Turn;
}

/** States to go back to, copies to try a change on, and the way back to the start. */
export function StatesCard({ snapshots, copies, onTurn }: StatesCardProps) {
  const [name, setName] = useState('');
  const [problem, setProblem] = useState('');
  const turn = (call: OrgCall, isAnotherState = false) => void onTurn(call, isAnotherState).then(setProblem);
  const goBack = (to: string, path: string) => {
    if (confirm(`Go back to ${to}? What the org holds now is lost, unless it is kept first.`))
      turn({ method: 'POST', path }, true);
  };
  return (
    <Card
      title="States and copies"
      action={
        <Button onClick={() => goBack('the first start', '/api/local/v1/reset')}>
          <RotateCcw size={12} aria-hidden /> Reset the org
        </Button>
      }
    >
      <form
        className="flex items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          turn({ method: 'POST', path: '/api/local/v1/snapshots', body: { name: name.trim() } });
          setName('');
        }}
      >
        <input
          aria-label="Name of this state"
          className="h-7 min-w-0 flex-1 rounded-md border border-line-strong bg-raised px-2"
          placeholder="before the import"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" disabled={name.trim() === ''}>
          Keep this state
        </Button>
      </form>
      {problem !== '' && (
        <p role="alert" className="text-bad">
          {problem}
        </p>
      )}
      <ul>
        {snapshots.map((snapshot) => {
          const own = String(snapshot['name']);
          const path = `/api/local/v1/snapshots/${encodeURIComponent(own)}`;
          return (
            <li key={own} className="flex items-center gap-2 border-t border-line py-1">
              <span className="truncate">{own}</span>
              <span className="text-sm text-ink-2">{time.format(new Date(String(snapshot['taken'])))}</span>
              <Button className="ml-auto" onClick={() => goBack(`“${own}”`, `${path}/restore`)}>
                Go back
              </Button>
              <IconButton label={`Forget ${own}`} onClick={() => turn({ method: 'DELETE', path })}>
                <Trash2 size={13} />
              </IconButton>
            </li>
          );
        })}
        {copies.map((copy) => {
          const id = String(copy['id']);
          return (
            <li key={id} className="flex items-center gap-2 border-t border-line py-1">
              Copy at <code className="font-mono text-sm select-all">{String(copy['url'])}</code>
              <IconButton
                label="Close this copy"
                className="ml-auto"
                onClick={() => turn({ method: 'DELETE', path: `/api/local/v1/copies/${id}` })}
              >
                <Trash2 size={13} />
              </IconButton>
            </li>
          );
        })}
      </ul>
      <Button
        className="self-start"
        onClick={() => turn({ method: 'POST', path: '/api/local/v1/copies', body: {} })}
      >
        Open a copy
      </Button>
    </Card>
  );
}
