import { ApiError, type Confirmation, type RunEntry } from '@castellan/workbench/api';
import { Play } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { isConfirmed, WritesToConfirm } from '../../ui/confirm-writes.tsx';
import { Modal } from '../../ui/modal.tsx';
import { askToTrust } from '../../state/questions.ts';
import { tell } from '../../state/store.ts';

/** What has to be settled before a run goes on. */
interface Question {
  readonly confirmation: Confirmation | undefined;
  /** What changed since the run began. */
  readonly changed: string | undefined;
}

/** Goes on with a run; asks first where its org is guarded or something changed since. */
export function ResumeRun({ entry, collectionId }: { entry: RunEntry; collectionId: string }) {
  const [question, setQuestion] = useState<Question>();
  const [typed, setTyped] = useState('');
  const [isBusy, setBusy] = useState(false);
  const path = { runId: entry.id };

  const resume = async (asked: Question): Promise<void> => {
    setBusy(true);
    try {
      await call('POST /api/runs/{runId}/resume', {
        path,
        body: {
          ...(typed === '' ? {} : { confirmed: typed.trim() }),
          acceptsChanges: asked.changed !== undefined,
        },
      });
      setQuestion(undefined);
    } catch (cause) {
      const isChange = cause instanceof ApiError && cause.code === 'run-changed';
      const isStrange = cause instanceof ApiError && cause.code === 'untrusted';
      if (isChange) setQuestion({ ...asked, changed: cause.message });
      else if (isStrange && (await askToTrust(collectionId, cause.message, false)) === 'run')
        return resume(asked);
      else if (!isStrange)
        tell(cause instanceof Error ? cause.message : 'The run could not go on.', { isBad: true });
    }
    setBusy(false);
  };
  const ask = async () => {
    setBusy(true);
    try {
      const { confirmation } = await call('GET /api/runs/{runId}/estimate', { path });
      const asked = { confirmation, changed: undefined };
      if (confirmation === undefined) await resume(asked);
      else setQuestion(asked);
    } catch (cause) {
      tell(cause instanceof Error ? cause.message : 'The run could not go on.', { isBad: true });
    }
    setBusy(false);
  };

  return (
    <>
      <Button look="primary" disabled={isBusy} onClick={() => void ask()}>
        <Play size={12} aria-hidden /> Resume
      </Button>
      {question !== undefined && (
        <Modal title={`Resume “${entry.name}”`} onClose={() => setQuestion(undefined)}>
          <form
            className="flex flex-col gap-3 p-4"
            onSubmit={(event) => {
              event.preventDefault();
              void resume(question);
            }}
          >
            {question.changed !== undefined && (
              <p role="alert" className="text-[12.5px]">
                {question.changed}
              </p>
            )}
            {question.confirmation !== undefined && (
              <WritesToConfirm confirmation={question.confirmation} typed={typed} onType={setTyped} />
            )}
            <div className="flex justify-end gap-2">
              <Button onClick={() => setQuestion(undefined)}>Cancel</Button>
              <Button
                type="submit"
                look="danger"
                disabled={isBusy || !isConfirmed(question.confirmation, typed)}
              >
                {question.changed === undefined ? 'Resume the run' : 'Go on all the same'}
              </Button>
            </div>
          </form>
        </Modal>
      )}
    </>
  );
}
