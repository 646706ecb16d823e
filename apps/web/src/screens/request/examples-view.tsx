import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Tab } from '../../state/store.ts';
import { editItem } from '../../state/tabs.ts';
import { IconButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { TextLines } from '../../ui/lines.tsx';

/** Answers that were saved beside the request. */
export function ExamplesView({ tab }: { tab: Tab }) {
  const { examples } = tab.item;
  const [chosen, setChosen] = useState(0);
  const shown = examples[chosen] ?? examples[0];
  if (shown === undefined) {
    return (
      <Empty title="No examples yet">
        Send the request and press “Save as example” in the answer: it stays with the request for others.
      </Empty>
    );
  }
  return (
    <>
      <ul className="shrink-0 border-b border-line py-1">
        {examples.map((example, index) => (
          <li key={example.id} className="flex items-center px-2">
            <button
              type="button"
              aria-current={example.id === shown.id}
              className={`flex h-7 min-w-0 flex-1 items-center gap-2 rounded-sm px-2 text-left text-[12.5px] ${example.id === shown.id ? 'bg-active' : 'hover:bg-hover'}`}
              onClick={() => setChosen(index)}
            >
              <span className="font-semibold">{example.code ?? ''}</span>
              <span className="truncate">{example.name}</span>
            </button>
            <IconButton
              label={`Remove example ${example.name}`}
              onClick={() =>
                editItem(tab.id, (now) => ({
                  ...now,
                  examples: now.examples.filter(({ id }) => id !== example.id),
                }))
              }
            >
              <Trash2 size={13} />
            </IconButton>
          </li>
        ))}
      </ul>
      <TextLines label="Body of the example" text={shown.body ?? ''} />
    </>
  );
}
