import type { Preferences } from '@castellan/workbench/api';
import { useId, useState, type ReactNode } from 'react';
import { changePreferences, usePreferences } from '../../state/preferences.ts';
import { showDialog } from '../../state/store.ts';
import { Modal } from '../../ui/modal.tsx';
import { TabStrip } from '../../ui/tabs.tsx';
import { ShortcutList } from './shortcut-list.tsx';

/** How a person wants the workbench: looks, how requests are sent, keys. What is changed counts at once. */
export function SettingsDialog() {
  const preferences = usePreferences();
  return (
    <Modal title="Settings" width="w-[700px]" onClose={() => showDialog(null)}>
      {preferences !== undefined && (
        <div className="flex h-[58vh] min-h-0 flex-col">
          <TabStrip
            label="Settings"
            panes={[
              { name: 'General', content: () => <General preferences={preferences} /> },
              { name: 'Sending', content: () => <Sending preferences={preferences} /> },
              { name: 'Shortcuts', content: () => <ShortcutList changed={preferences.shortcuts} /> },
            ]}
          />
        </div>
      )}
    </Modal>
  );
}

function General({ preferences }: { preferences: Preferences }) {
  return (
    <div className="flex flex-col gap-4 p-4 text-[12.5px]">
      <Row label="Theme">
        {(id, change) => (
          <select
            id={id}
            className={FIELD}
            value={preferences.theme}
            // The options are the themes.
            onChange={(event) => change({ theme: event.target.value as Preferences['theme'] })}
          >
            <option value="system">As the system</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        )}
      </Row>
      <NumberRow
        label="Text of code and answers"
        unit="pixels"
        hint="The browser’s own zoom makes everything larger."
        value={preferences.codeSize}
        toPart={(codeSize) => ({ codeSize })}
      />
      <NumberRow
        label="Length of the history"
        unit="requests"
        hint="In this and every other workspace; what is older goes."
        value={preferences.historyLength}
        toPart={(historyLength) => ({ historyLength })}
      />
    </div>
  );
}

function Sending({ preferences }: { preferences: Preferences }) {
  return (
    <div className="flex flex-col gap-4 p-4 text-[12.5px]">
      <p className="text-ink-2">
        For every Send and run; a request whose own Settings say otherwise is sent as they say.
      </p>
      <NumberRow
        label="Wait for an answer"
        unit="ms"
        hint="0 waits for as long as it takes."
        value={preferences.requestTimeout}
        toPart={(requestTimeout) => ({ requestTimeout })}
      />
      <NumberRow
        label="Time of a script"
        unit="ms"
        hint="0 sets no limit."
        value={preferences.scriptTimeout}
        toPart={(scriptTimeout) => ({ scriptTimeout })}
      />
      <SwitchRow
        label="Follow redirects"
        isOn={preferences.followRedirects}
        toPart={(followRedirects) => ({ followRedirects })}
      />
      <SwitchRow
        label="Check certificates"
        hint="Off accepts every certificate, also a forged one."
        isOn={preferences.checkCertificates}
        toPart={(checkCertificates) => ({ checkCertificates })}
      />
      <ProxyRows proxy={preferences.proxy} />
    </div>
  );
}

type Proxy = Preferences['proxy'];

function ProxyRows({ proxy }: { proxy: Proxy }) {
  // An address is asked for before there is one, and the server refuses none.
  const [isFixed, setFixed] = useState(proxy.kind === 'fixed');
  const fixed = proxy.kind === 'fixed' ? proxy : { kind: 'fixed' as const, address: '', except: '' };
  return (
    <>
      <Row label="Proxy">
        {(id, change) => (
          <select
            id={id}
            className={FIELD}
            value={isFixed ? 'fixed' : proxy.kind}
            onChange={({ target: { value } }) => {
              setFixed(value === 'fixed');
              if (value === 'none' || value === 'environment') change({ proxy: { kind: value } });
            }}
          >
            <option value="environment">As HTTP_PROXY and NO_PROXY say</option>
            <option value="none">None</option>
            <option value="fixed">This one</option>
          </select>
        )}
      </Row>
      {isFixed && (
        <>
          <TextRow
            label="Address of the proxy"
            placeholder="http://proxy.example.com:8080"
            value={fixed.address}
            toPart={(address) => ({ proxy: { ...fixed, address } })}
          />
          {proxy.kind === 'fixed' && (
            <TextRow
              label="Not for"
              placeholder="localhost, .example.com"
              value={fixed.except}
              toPart={(except) => ({ proxy: { ...fixed, except } })}
            />
          )}
        </>
      )}
    </>
  );
}

const FIELD = 'h-8 rounded-md border border-line-strong bg-raised px-2';

interface RowProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly children: (id: string, change: (part: Partial<Preferences>) => void) => ReactNode;
}

/** A setting with its name; what the server refuses stands below it. */
function Row({ label, hint, children }: RowProps) {
  const id = useId();
  const [problem, setProblem] = useState<string>();
  const change = (part: Partial<Preferences>) =>
    void changePreferences(part).then(
      () => setProblem(undefined),
      (cause: Error) => setProblem(cause.message),
    );
  return (
    <div className="grid grid-cols-[190px_1fr] items-center gap-x-3 gap-y-1">
      <label htmlFor={id} className="text-ink-2">
        {label}
      </label>
      <span className="flex items-center gap-2">{children(id, change)}</span>
      {hint !== undefined && <span className="col-start-2 text-sm text-ink-3">{hint}</span>}
      {problem !== undefined && (
        <span role="alert" className="col-start-2 text-sm text-bad">
          {problem}
        </span>
      )}
    </div>
  );
}

interface ValueRowProps<Value> {
  readonly label: string;
  readonly hint?: string;
  readonly value: Value;
  readonly toPart: (value: Value) => Partial<Preferences>;
}

function NumberRow({ unit, toPart, value, ...row }: ValueRowProps<number> & { readonly unit: string }) {
  return (
    <Row {...row}>
      {(id, change) => (
        <>
          <input
            key={value}
            id={id}
            type="number"
            className={`${FIELD} w-28`}
            defaultValue={value}
            onBlur={({ target: { value: text } }) => {
              if (text !== '' && Number(text) !== value) change(toPart(Number(text)));
            }}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
          <span className="text-ink-3">{unit}</span>
        </>
      )}
    </Row>
  );
}

function TextRow({
  placeholder,
  toPart,
  value,
  ...row
}: ValueRowProps<string> & { readonly placeholder: string }) {
  return (
    <Row {...row}>
      {(id, change) => (
        <input
          key={value}
          id={id}
          className={`${FIELD} w-full font-mono`}
          placeholder={placeholder}
          spellCheck={false}
          defaultValue={value}
          onBlur={({ target: { value: text } }) => {
            if (text.trim() !== value) change(toPart(text.trim()));
          }}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
      )}
    </Row>
  );
}

function SwitchRow({
  isOn,
  toPart,
  ...row
}: Omit<ValueRowProps<boolean>, 'value'> & { readonly isOn: boolean }) {
  return (
    <Row {...row}>
      {(id, change) => (
        <input
          id={id}
          type="checkbox"
          className="size-4 accent-[var(--accent)]"
          checked={isOn}
          onChange={(event) => change(toPart(event.target.checked))}
        />
      )}
    </Row>
  );
}
