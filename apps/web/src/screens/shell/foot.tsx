import { SOON_DAYS } from '@castellan/okta-api';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { statusQuery } from '../../api.ts';
import { closeNotice, showDialog, showScreen, toggleConsole, useStore } from '../../state/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { toDaysLeft, useTokens } from '../../ui/use-tokens.ts';
import { Console } from './console.tsx';

const NOTICE_MS = 6000;

/** The line at the bottom, the console above it when it is open, and what just happened. */
export function Foot() {
  const status = useQuery(statusQuery).data;
  // What served this page is the first version that was heard of.
  const [loaded, setLoaded] = useState<string>();
  if (loaded === undefined && status !== undefined) setLoaded(status.version);
  const isOpen = useStore((state) => state.isConsoleOpen);
  const isConnected = useStore((state) => state.isConnected);
  return (
    <>
      {isOpen && <Console />}
      <footer className="flex h-7 shrink-0 items-center gap-4 border-t border-line bg-bg px-3.5 text-[11.5px] text-ink-2">
        <button type="button" aria-expanded={isOpen} className="hover:text-ink" onClick={toggleConsole}>
          Console
        </button>
        <button type="button" className="hover:text-ink" onClick={() => showDialog('cookies')}>
          Cookies
        </button>
        <span className="truncate">{status?.workspace}</span>
        <span className={`ml-auto ${isConnected ? '' : 'font-semibold text-bad'}`} role="status">
          {isConnected
            ? ''
            : 'The workbench does not answer. Start it again; this page comes back by itself, with what is not saved.'}
        </span>
        {status !== undefined && loaded !== undefined && status.version !== loaded && (
          <button type="button" className="font-semibold text-accent" onClick={() => location.reload()}>
            Castellan {status.version} was started. Load its page
          </button>
        )}
        <TokenEnd />
        {status?.localOrg !== undefined && status.localOrg !== null && (
          <a
            href={status.localOrg.adminUrl}
            target="_blank"
            rel="noreferrer"
            className="hover:text-ink hover:underline"
          >
            Local org: {status.localOrg.isRunning ? new URL(status.localOrg.url).host : 'stopped'}
          </a>
        )}
      </footer>
      <Notice />
    </>
  );
}

/** A word on a token that ends soon, as far as the org has told of it. */
function TokenEnd() {
  const environmentId = useStore((state) => state.environmentId);
  const { tokens } = useTokens(environmentId ?? '', false);
  const next = Math.min(...tokens.map(({ expiresAt }) => toDaysLeft(expiresAt)));
  if (environmentId === null || next > SOON_DAYS) return null;
  return (
    <button
      type="button"
      className="font-semibold text-warn hover:underline"
      onClick={() => showScreen('org')}
    >
      {next <= 0 ? 'A token has ended' : `A token ends in ${next} ${next === 1 ? 'day' : 'days'}`}
    </button>
  );
}

function Notice() {
  const notice = useStore((state) => state.notice);
  useEffect(() => {
    if (notice === null || notice.isBad) return;
    const timer = setTimeout(closeNotice, NOTICE_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  if (notice === null) return null;
  return (
    <div
      role={notice.isBad ? 'alert' : 'status'}
      className={`fixed right-4 bottom-10 z-50 flex max-w-110 items-center gap-3 rounded-md border bg-raised py-2 pr-2 pl-3 text-[12.5px] shadow-[var(--shadow-pop)] ${notice.isBad ? 'border-bad' : 'border-line'}`}
    >
      <span>{notice.text}</span>
      {notice.undo !== undefined && (
        <Button
          onClick={() => {
            notice.undo?.();
            closeNotice();
          }}
        >
          Undo
        </Button>
      )}
      <IconButton label="Dismiss" onClick={closeNotice}>
        <X size={13} />
      </IconButton>
    </div>
  );
}
