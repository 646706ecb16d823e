import type { OrgCall } from '@castellan/workbench/api';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import type { Loose } from '../../ui/loose.ts';

interface MessagesCardProps {
  readonly messages: readonly Loose[];
  readonly onChange: (call: OrgCall) => void;
}

/** Mails, texts, calls and pushes that the org sent: nothing of them left the machine. */
export function MessagesCard({ messages, onChange }: MessagesCardProps) {
  return (
    <Card
      title="What the org sent"
      className="col-span-2"
      action={
        <Button
          disabled={messages.length === 0}
          onClick={() => onChange({ method: 'DELETE', path: '/api/local/v1/messages' })}
        >
          Empty
        </Button>
      }
    >
      {messages.length === 0 && (
        <p className="text-ink-2">Mails, texts and pushes of this org are caught and shown here.</p>
      )}
      <ul className="flex flex-col">
        {messages.map((message) => (
          <li key={String(message['id'])} className="flex items-center gap-2 border-t border-line py-1.5">
            <span className="min-w-0 flex-1">
              <span className="text-ink-2">
                {String(message['channel'])} to {String(message['to'])}:
              </span>{' '}
              {String(message['subject'])}
              {typeof message['code'] === 'string' && (
                <code className="ml-2 rounded-sm bg-active px-1.5 font-mono select-all">
                  {message['code']}
                </code>
              )}
              {typeof message['link'] === 'string' && (
                <code className="ml-2 font-mono text-sm break-all text-ink-2 select-all">
                  {message['link']}
                </code>
              )}
            </span>
            {message['state'] === 'waiting' ? (
              (['approved', 'rejected'] as const).map((state) => (
                <Button
                  key={state}
                  onClick={() =>
                    onChange({
                      method: 'POST',
                      path: `/api/local/v1/messages/${String(message['id'])}/answer`,
                      body: { state },
                    })
                  }
                >
                  {state === 'approved' ? 'Approve' : 'Reject'}
                </Button>
              ))
            ) : (
              <span className="text-sm text-ink-2">{String(message['state'] ?? '')}</span>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
