import type { OrgCall } from '@castellan/workbench/api';
import { Snowflake } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { isLoose } from '../../ui/loose.ts';

const HOUR = 3_600_000;
const STEPS = [
  ['An hour on', HOUR],
  ['A day on', 24 * HOUR],
  ['30 days on', 30 * 24 * HOUR],
] as const;

interface ClockCardProps {
  readonly clock: unknown;
  readonly limits: unknown;
  readonly onChange: (call: OrgCall) => void;
}

/** The org's own time, and whose rate limits it counts by. */
export function ClockCard({ clock, limits, onChange }: ClockCardProps) {
  return (
    <Card title="Clock and limits">
      <p role="status" className="font-mono text-sm">
        {isLoose(clock) ? String(clock['now']) : '…'}
        {isLoose(clock) && clock['frozen'] === true && ' (stands still)'}
      </p>
      <div className="flex flex-wrap gap-2">
        {STEPS.map(([label, milliseconds]) => (
          <Button
            key={label}
            onClick={() =>
              onChange({ method: 'POST', path: '/api/local/v1/clock/advance', body: { milliseconds } })
            }
          >
            {label}
          </Button>
        ))}
        <Button onClick={() => onChange({ method: 'POST', path: '/api/local/v1/clock/freeze', body: {} })}>
          <Snowflake size={12} aria-hidden /> Freeze
        </Button>
        <Button onClick={() => onChange({ method: 'POST', path: '/api/local/v1/clock/reset' })}>
          The machine’s time
        </Button>
      </div>
      {isLoose(limits) && (
        <label className="mt-2 flex items-center gap-2 text-ink-2">
          Count like
          <select
            className="h-7 rounded-md border border-line-strong bg-raised px-2 text-ink"
            value={String(limits['plan'])}
            onChange={(event) =>
              onChange({
                method: 'PUT',
                path: '/api/local/v1/limits',
                body: { ...limits, plan: event.target.value },
              })
            }
          >
            <option value="integrator">an Integrator org</option>
            <option value="enterprise">an Enterprise org</option>
            <option value="off">nobody: no limits</option>
          </select>
        </label>
      )}
    </Card>
  );
}
