import { estimate } from '@castellan/engine';
import type { RunEstimate, RunPlan } from '@castellan/engine';
import { callFacts } from '@castellan/okta-api';
import { toDuration } from '../../durations.ts';

/**
 * Prints what a run would do; nothing is sent.
 * @returns whether rows lack values, so that the run would not go through
 */
export async function printEstimate(plan: RunPlan, asJson: boolean): Promise<boolean> {
  const share = plan.settings.capacity ?? 0.8;
  const estimated = await estimate(plan, { facts: callFacts, share });
  process.stdout.write(asJson ? `${JSON.stringify(estimated, null, 2)}\n` : `${toText(plan, estimated)}\n`);
  return estimated.missing.length > 0;
}

function toText(plan: RunPlan, estimated: RunEstimate): string {
  const { rows, requests, time, notifications } = estimated;
  const irreversible = estimated.writes.filter((write) => write.irreversible);
  return [
    `${plan.name}: ${rows} rows, ${requests} requests. Nothing was sent.`,
    '',
    ...estimated.buckets.map(toBucketLine),
    ...(time === undefined
      ? []
      : [`At this plan the limits alone take ${time === 0 ? 'no time' : toDuration(time)}.`]),
    '',
    ...(estimated.writes.length === 0 ? ['Nothing would be written.'] : ['Writes:']),
    ...estimated.writes.map(
      ({ title, count, irreversible: isFinal }) =>
        `  ${count} × ${title}${isFinal ? ' (cannot be undone)' : ''}`,
    ),
    ...(irreversible.length === 0
      ? []
      : [`${sum(irreversible.map(({ count }) => count))} writes cannot be undone.`]),
    ...(notifications === 0 ? [] : [`${notifications} mails, messages or calls would go out to people.`]),
    ...estimated.missing.map(
      ({ name, rows: count, firstRow, request }) =>
        `{{${name}}} has no value in ${count} ${count === 1 ? 'row' : 'rows'} (first row ${firstRow + 1}, “${request}”).`,
    ),
    ...estimated.unusedColumns.map((name) => `The column ${name} is used by nothing.`),
  ].join('\n');
}

function toBucketLine({
  host,
  bucket,
  requests,
  limit,
  share,
  time,
}: RunEstimate['buckets'][number]): string {
  const used =
    limit === undefined || share === undefined || time === undefined
      ? ''
      : `, ${Math.round(share * 100)} % of ${limit} a minute${time > 0 ? ` for ${toDuration(time)}` : ''}`;
  return `  ${host}  ${bucket}: ${requests} requests${used}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
