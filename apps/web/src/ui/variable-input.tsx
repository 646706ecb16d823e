import { useRef, useState, type KeyboardEvent } from 'react';
import { splitVariables, type KnownVariable } from '../state/variables.ts';

interface VariableInputProps {
  readonly label: string;
  readonly value: string;
  readonly variables: ReadonlyMap<string, KnownVariable>;
  readonly onChange: (value: string) => void;
  readonly onEnter?: () => void;
  /** Shows dots in place of what is typed, variables excepted. */
  readonly isHidden?: boolean;
  readonly placeholder?: string;
}

/** One line of text whose `{{variables}}` are chips: red when they have no value, completed after `{{`. */
export function VariableInput(props: VariableInputProps) {
  const { label, value, variables, onChange, onEnter, isHidden = false, placeholder } = props;
  const input = useRef<HTMLInputElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [chosen, setChosen] = useState(0);
  const begun = caret === null ? null : /\{\{([\w.$-]*)$/.exec(value.slice(0, caret));
  const offers =
    begun === null
      ? []
      : [...variables.values()]
          .filter(({ name }) => name.toLowerCase().includes((begun[1] ?? '').toLowerCase()))
          .slice(0, 8);

  const complete = (name: string) => {
    if (begun === null || caret === null) return;
    const before = value.slice(0, caret - (begun[1] ?? '').length) + name;
    const after = value.slice(caret).replace(/^\}\}/, '');
    onChange(`${before}}}${after}`);
    setCaret(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const offer = offers[chosen] ?? offers[0];
    if (offer !== undefined && event.key === 'ArrowDown') setChosen((chosen + 1) % offers.length);
    else if (offer !== undefined && event.key === 'ArrowUp')
      setChosen((chosen + offers.length - 1) % offers.length);
    else if (offer !== undefined && (event.key === 'Enter' || event.key === 'Tab')) complete(offer.name);
    else if (offer !== undefined && event.key === 'Escape') setCaret(null);
    else {
      if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) onEnter?.();
      return;
    }
    event.preventDefault();
  };

  return (
    <div className="relative h-full min-w-0 flex-1 font-mono text-[12.5px]">
      <div
        ref={mirror}
        aria-hidden
        className="pointer-events-none absolute inset-0 z-10 flex items-center overflow-hidden px-2.5 whitespace-pre"
      >
        {splitVariables(value).map(({ text, name }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- parts have no identity but their place
          <Part
            key={index}
            text={isHidden && name === undefined ? '•'.repeat(text.length) : text}
            variable={name}
            known={name === undefined ? undefined : variables.get(name)}
            onFocus={() => input.current?.focus()}
          />
        ))}
      </div>
      <input
        ref={input}
        aria-label={label}
        aria-autocomplete="list"
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        className="size-full bg-transparent px-2.5 text-transparent caret-[var(--ink)]"
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
          setCaret(event.target.selectionStart);
          setChosen(0);
        }}
        onScroll={(event) => {
          if (mirror.current !== null) mirror.current.scrollLeft = event.currentTarget.scrollLeft;
        }}
        onBlur={() => setCaret(null)}
        onKeyDown={onKeyDown}
      />
      {offers.length > 0 && (
        <ul
          aria-label="Variables"
          className="absolute top-full left-2 z-20 mt-1 min-w-60 rounded-md border border-line bg-raised p-1 shadow-[var(--shadow-pop)]"
        >
          {offers.map((offer, index) => (
            <li key={offer.name}>
              <button
                type="button"
                tabIndex={-1}
                onMouseDown={(event) => {
                  event.preventDefault();
                  complete(offer.name);
                }}
                className={`flex w-full gap-3 rounded-sm px-2 py-1 text-left text-sm ${index === chosen ? 'bg-active' : ''}`}
              >
                {offer.name}
                <span className="ml-auto font-sans text-ink-3">{offer.scope}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface PartProps {
  readonly text: string;
  readonly variable: string | undefined;
  readonly known: KnownVariable | undefined;
  readonly onFocus: () => void;
}

function Part({ text, variable, known, onFocus }: PartProps) {
  if (variable === undefined) return <span>{text}</span>;
  const hasValue = known?.hasValue === true || variable.startsWith('$');
  const hint = hasValue
    ? `${known?.isSecret ? '••••••••' : (known?.value ?? 'made up at each Send')}\n${known?.scope ?? 'Postman’s own variable'}`
    : `${variable} has no value. Choose an environment that has it, or add it there.`;
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- the input below is the control
    <span
      title={hint}
      onMouseDown={(event) => {
        event.preventDefault();
        onFocus();
      }}
      className={`pointer-events-auto rounded-[3px] ${hasValue ? 'bg-accent-soft text-accent' : 'bg-bad-soft text-bad'}`}
    >
      {text}
    </span>
  );
}
