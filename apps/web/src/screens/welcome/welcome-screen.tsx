import { useQuery } from '@tanstack/react-query';
import type { OutlineItem } from '@castellan/workbench/api';
import { Check } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { call, collectionsQuery, environmentsQuery, queries, statusQuery } from '../../api.ts';
import { attempt, chooseEnvironment, finishWelcome, showDialog } from '../../state/store.ts';
import { openTab } from '../../state/tabs.ts';
import { Button } from '../../ui/button.tsx';

/** The first start: an org, the packs, the first request; one click each. */
export function WelcomeScreen() {
  const status = useQuery(statusQuery).data;
  const environments = useQuery(environmentsQuery).data?.environments ?? [];
  const collections = useQuery(collectionsQuery).data?.collections ?? [];
  const [busy, setBusy] = useState('');
  const isConnected = environments.some(({ scope }) => scope === 'environment');
  const hasPacks = collections.length > 0;
  const now = isConnected ? (hasPacks ? 3 : 2) : 1;
  const first = findFirst(collections);

  const connect = async () => {
    setBusy('connect');
    const made = await attempt(() => call('POST /api/onboarding/local-org'));
    await queries.invalidateQueries({ queryKey: ['environments'] });
    if (made !== undefined) chooseEnvironment(made.environmentId);
    setBusy('');
  };
  const addPacks = async () => {
    setBusy('packs');
    await attempt(() => call('POST /api/onboarding/packs'));
    await queries.invalidateQueries({ queryKey: ['collections'] });
    setBusy('');
  };

  return (
    <main className="min-h-0 flex-1 overflow-auto bg-sunken">
      <div className="mx-auto max-w-220 px-6 pt-[9vh] pb-8">
        <h1 className="text-[26px] leading-tight font-bold tracking-[-0.025em]">
          Manage your Okta org through its APIs
        </h1>
        <p className="mt-1.5 max-w-[60ch] text-ink-2">
          Three steps. No account, nothing leaves this machine.
          {status?.localOrg === null
            ? ' Add your own org by its address and a token.'
            : ' A local org is already running, so every request here has something real to answer it.'}
        </p>
        <ol className="mt-6.5 grid grid-cols-3 gap-3.5">
          <Step
            number={1}
            now={now}
            title="Connect an org"
            button={
              isConnected || status?.localOrg === null ? (
                <Button onClick={() => showDialog('environments')}>
                  Add {isConnected ? 'another' : 'your'} org
                </Button>
              ) : (
                <Button look="primary" disabled={busy !== ''} onClick={() => void connect()}>
                  {busy === 'connect' ? 'Connecting …' : 'Connect the local org'}
                </Button>
              )
            }
          >
            {isConnected
              ? `${environments.find(({ scope }) => scope === 'environment')?.name ?? ''}, its token kept as a secret. Add your own org by its address and a token.`
              : 'Makes a fresh API token on the local org and an environment that holds it. The token never lies in your workspace.'}
          </Step>
          <Step
            number={2}
            now={now}
            title="Bring in the packs"
            button={
              <Button
                look={now === 2 ? 'primary' : 'plain'}
                disabled={busy !== ''}
                onClick={() => void addPacks()}
              >
                {busy === 'packs' ? 'Adding …' : 'Add the nine packs'}
              </Button>
            }
          >
            {hasPacks
              ? `${collections.length} collections with ${collections.reduce((sum, { requests }) => sum + requests, 0)} requests are here.`
              : 'Nine packs ship with Castellan: Authentication, Sessions, Users, Factors, Groups, Admin roles, Apps, Schemas, Events. Or import your own from a file or link.'}
          </Step>
          <Step
            number={3}
            now={now}
            title="Send"
            button={
              <Button
                look={now === 3 ? 'primary' : 'plain'}
                disabled={first === undefined}
                onClick={() => first !== undefined && void openTab(first.collectionId, first.itemId)}
              >
                Open “List users”
              </Button>
            }
          >
            Open “List users” and press Send. The answer comes with its status, time, headers and a table of
            what is in it.
          </Step>
        </ol>
        <Button look="ghost" className="mt-5" onClick={finishWelcome}>
          Skip this
        </Button>
      </div>
    </main>
  );
}

interface StepProps {
  readonly number: number;
  readonly now: number;
  readonly title: string;
  readonly children: ReactNode;
  readonly button: ReactNode;
}

function Step({ number, now, title, children, button }: StepProps) {
  const look =
    number < now
      ? 'bg-ok-soft text-ok'
      : number === now
        ? 'bg-accent text-accent-ink'
        : 'bg-active text-ink-2';
  return (
    <li
      aria-current={number === now ? 'step' : undefined}
      className={`flex min-h-58 flex-col items-start gap-2 rounded-lg border bg-raised p-4.5 ${number === now ? 'border-accent' : 'border-line'}`}
    >
      <span className={`grid size-6 place-items-center rounded-full text-sm font-bold ${look}`}>
        {number < now ? <Check size={13} aria-label="Done" /> : number}
      </span>
      <h2 className="text-[14px] font-semibold">{title}</h2>
      <p className="pb-3 text-[12.5px] text-ink-2">{children}</p>
      <div className="mt-auto">{button}</div>
    </li>
  );
}

interface Found {
  readonly collectionId: string;
  readonly itemId: string;
  readonly name: string;
  readonly url: string;
}

/** The request that lists users: by its name, else the first GET of `/api/v1/users`. */
function findFirst(
  collections: readonly { readonly id: string; readonly items: readonly OutlineItem[] }[],
): Found | undefined {
  const all = collections.flatMap(({ id, items }) => listGets(items, id));
  return (
    all.find(({ name }) => /^list users$/i.test(name)) ??
    all.find(({ name }) => /^list (all )?users\b/i.test(name)) ??
    all.find(({ url }) => /\/api\/v1\/users(\?|$)/.test(url)) ??
    all[0]
  );
}

function listGets(items: readonly OutlineItem[], collectionId: string): Found[] {
  return items.flatMap((item) => {
    if (item.kind === 'folder') return listGets(item.items, collectionId);
    return item.method === 'GET' ? [{ collectionId, itemId: item.id, name: item.name, url: item.url }] : [];
  });
}
