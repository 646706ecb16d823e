import { useQuery } from '@tanstack/react-query';
import type { OrgCall } from '@castellan/workbench/api';
import { call, queries } from '../../api.ts';
import { attempt } from '../../state/store.ts';
import { callOrg } from '../../ui/call-org.ts';
import { looseList } from '../../ui/loose.ts';
import { ClockCard } from './clock-card.tsx';
import { SeedCard, StatesCard } from './data-cards.tsx';
import { FaultsCard } from './faults-card.tsx';
import { MessagesCard } from './messages-card.tsx';

function useControl(environmentId: string, what: string): unknown {
  return useQuery({
    queryKey: ['org', environmentId, 'local', what],
    queryFn: () => callOrg(environmentId, { method: 'GET', path: `/api/local/v1/${what}` }),
  }).data?.body;
}

interface LocalControlsProps {
  readonly environmentId: string;
  /** Another state of the org may not know the token: then it gets a new one. */
  readonly canRenewToken: boolean;
}

/** What only a local org has: its clock, failures on purpose, its states, and what it sent. */
export function LocalControls({ environmentId, canRenewToken }: LocalControlsProps) {
  const turn = async (order: OrgCall) => {
    await callOrg(environmentId, order);
    // A failure that was just set should strike what the person sends, not what this screen reads of the org.
    await queries.invalidateQueries({ queryKey: ['org', environmentId, 'local'] });
  };
  const change = (order: OrgCall) => void attempt(() => turn(order));
  const turnWithSentence = async (order: OrgCall, isAnotherState = false): Promise<string> => {
    try {
      if (!isAnotherState) {
        await turn(order);
        return '';
      }
      await callOrg(environmentId, order);
      if (canRenewToken)
        await call('POST /api/environments/{environmentId}/token', { path: { environmentId } });
      await queries.invalidateQueries({ queryKey: ['org', environmentId] });
      return '';
    } catch (cause) {
      return cause instanceof Error ? cause.message : 'That did not work.';
    }
  };
  return (
    <section aria-label="Local org" className="grid grid-cols-2 gap-4">
      <ClockCard
        clock={useControl(environmentId, 'clock')}
        limits={useControl(environmentId, 'limits')}
        onChange={change}
      />
      <FaultsCard faults={looseList(useControl(environmentId, 'faults'))} onChange={change} />
      <SeedCard summary={useControl(environmentId, 'summary')} onTurn={turnWithSentence} />
      <StatesCard
        snapshots={looseList(useControl(environmentId, 'snapshots'))}
        copies={looseList(useControl(environmentId, 'copies'))}
        onTurn={turnWithSentence}
      />
      <MessagesCard messages={looseList(useControl(environmentId, 'messages'))} onChange={change} />
    </section>
  );
}
