import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call, collectionsQuery } from '../../api.ts';
import { useQuestion, type Question } from '../../state/questions.ts';
import { attempt, showLevel } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { isConfirmed, WritesToConfirm } from '../../ui/confirm-writes.tsx';
import { Modal } from '../../ui/modal.tsx';

/** What a person is asked before something is sent: the name of a guarded org, or whether strange scripts may run. */
export function Questions() {
  const question = useQuestion((state) => state.question);
  if (question === null) return null;
  return question.kind === 'confirm' ? <ConfirmQuestion {...question} /> : <TrustQuestion {...question} />;
}

function ConfirmQuestion({ confirmation, sentence, answer }: Extract<Question, { kind: 'confirm' }>) {
  const [typed, setTyped] = useState('');
  const name = useRef<HTMLInputElement>(null);
  return (
    <Modal title={`Send this to ${confirmation.host}?`} initialFocus={name} onClose={() => answer(undefined)}>
      <form
        className="flex flex-col gap-3 p-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isConfirmed(confirmation, typed)) answer(typed.trim());
        }}
      >
        {sentence !== undefined && <p className="text-[12.5px]">{sentence}</p>}
        <WritesToConfirm confirmation={confirmation} typed={typed} onType={setTyped} inputRef={name} />
        <div className="flex justify-end gap-2">
          <Button onClick={() => answer(undefined)}>Do not send</Button>
          <Button type="submit" look="danger" disabled={!isConfirmed(confirmation, typed)}>
            Send to {confirmation.host}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

function TrustQuestion(question: Extract<Question, { kind: 'trust' }>) {
  const { collectionId, sentence, canSkip, answer } = question;
  const collection = useQuery(collectionsQuery).data?.collections.find(({ id }) => id === collectionId);
  const trust = collection?.trust;
  const agree = async () => {
    if (trust === undefined) return;
    const body = { digest: trust.digest };
    const agreed = await attempt(() =>
      call('POST /api/collections/{collectionId}/trust', { path: { collectionId }, body }),
    );
    if (agreed !== undefined) answer('run');
  };
  return (
    <Modal title="Scripts that somebody else wrote" onClose={() => answer(undefined)}>
      <div className="flex flex-col gap-3 p-4 text-[12.5px]">
        <p>{sentence}</p>
        {trust?.at !== undefined && (
          <p className="text-ink-2">
            It came on {day.format(trust.at)}. Of its{' '}
            {trust.scripts === 1 ? 'one script' : `${trust.scripts} scripts`}, {trust.strange}{' '}
            {trust.strange === 1 ? 'is' : 'are'} not agreed to.
          </p>
        )}
        <p className="text-ink-2">
          A script sees the variables that requests see, and may send requests of its own. It reads no secret
          unless you allowed that, and secrets go to their own hosts only.
        </p>
        <div className="flex flex-wrap justify-end gap-2">
          <Button
            look="ghost"
            className="mr-auto"
            onClick={() => {
              answer(undefined);
              showLevel({ collectionId, levelId: collectionId });
            }}
          >
            Look at the collection
          </Button>
          <Button onClick={() => answer(undefined)}>Do not send</Button>
          {canSkip && <Button onClick={() => answer('skip')}>Run without scripts</Button>}
          <Button look="primary" disabled={trust === undefined} onClick={() => void agree()}>
            Trust this collection
          </Button>
        </div>
      </div>
    </Modal>
  );
}
