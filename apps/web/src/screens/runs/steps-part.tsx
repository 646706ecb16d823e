import type { OutlineItem } from '@castellan/workbench/api';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Method } from '../../ui/method.tsx';

type Request = Extract<OutlineItem, { kind: 'request' }>;

/** The requests of a part of a collection, in the order of the tree. */
export function listRequests(
  items: readonly OutlineItem[],
  itemId: string,
  isWithin = itemId === '',
): Request[] {
  return items.flatMap((item) => {
    const isChosen = isWithin || item.id === itemId;
    if (item.kind === 'folder') return listRequests(item.items, itemId, isChosen);
    return isChosen ? [item] : [];
  });
}

interface StepsPartProps {
  /** As the tree has them. */
  readonly requests: readonly Request[];
  /** Ids of those that are sent, in their order; absent: all as in the tree. */
  readonly steps: readonly string[] | undefined;
  readonly onChange: (steps: readonly string[] | undefined) => void;
}

/** Which requests are sent for each row, and in which order. */
export function StepsPart({ requests, steps, onChange }: StepsPartProps) {
  const chosen = steps ?? requests.map(({ id }) => id);
  const known = new Map(requests.map((request) => [request.id, request]));
  const sent = chosen.flatMap((id) => known.get(id) ?? []);
  const left = requests.filter(({ id }) => !chosen.includes(id));
  const move = (id: string, by: -1 | 1) => {
    const from = chosen.indexOf(id);
    const other = chosen[from + by];
    if (other === undefined) return;
    onChange(chosen.map((step, index) => (index === from ? other : index === from + by ? id : step)));
  };
  return (
    <details>
      <summary className="text-[12.5px] text-ink-2">
        {steps === undefined
          ? `All ${requests.length.toLocaleString('en')} requests, in the order of the tree`
          : `${sent.length.toLocaleString('en')} of ${requests.length.toLocaleString('en')} requests, in an order of their own`}
      </summary>
      <ol
        aria-label="Requests of a row"
        className="mt-2 max-h-72 overflow-auto rounded-md border border-line"
      >
        {sent.map((request, index) => (
          <Step
            key={request.id}
            request={request}
            isSent
            onToggle={() => onChange(chosen.filter((id) => id !== request.id))}
          >
            <IconButton
              label={`Send ${request.name} earlier`}
              disabled={index === 0}
              onClick={() => move(request.id, -1)}
            >
              <ArrowUp size={13} />
            </IconButton>
            <IconButton
              label={`Send ${request.name} later`}
              disabled={index === sent.length - 1}
              onClick={() => move(request.id, 1)}
            >
              <ArrowDown size={13} />
            </IconButton>
          </Step>
        ))}
        {left.map((request) => (
          <Step
            key={request.id}
            request={request}
            isSent={false}
            onToggle={() => onChange([...chosen, request.id])}
          />
        ))}
      </ol>
      {steps !== undefined && (
        <Button className="mt-2" onClick={() => onChange(undefined)}>
          As in the tree
        </Button>
      )}
    </details>
  );
}

interface StepProps {
  readonly request: Request;
  readonly isSent: boolean;
  readonly onToggle: () => void;
  readonly children?: ReactNode;
}

function Step({ request, isSent, onToggle, children }: StepProps) {
  return (
    <li className="flex h-8 items-center gap-2 border-b border-line px-2 text-[12.5px] last:border-0">
      <label className="flex min-w-0 flex-1 items-center gap-2">
        <input type="checkbox" className="accent-[var(--accent)]" checked={isSent} onChange={onToggle} />
        <Method method={request.method} className="w-10" />
        <span className={`truncate ${isSent ? '' : 'text-ink-3'}`}>{request.name}</span>
      </label>
      {children}
    </li>
  );
}
