import type { OrgAnswer, OrgCall } from '@castellan/workbench/api';
import { call } from '../api.ts';
import { isLoose, looseList } from './loose.ts';

/** Calls the org of an environment; the token stays with the server. Rejects with a sentence unless it is answered well. */
export async function callOrg(
  environmentId: string,
  order: OrgCall,
  signal?: AbortSignal,
): Promise<OrgAnswer> {
  const answer = await call('POST /api/environments/{environmentId}/org', {
    path: { environmentId },
    body: order,
    ...(signal === undefined ? {} : { signal }),
  });
  if (answer.status < 400) return answer;
  throw new OrgRefusal(answer);
}

/** The org's refusal in its own words. */
export class OrgRefusal extends Error {
  readonly answer: OrgAnswer;

  constructor(answer: OrgAnswer) {
    const { body, status } = answer;
    const refusal = isLoose(body) && 'errorSummary' in body ? body : undefined;
    const causes = looseList(refusal?.['errorCauses']).map((cause) => String(cause['errorSummary']));
    super(
      refusal === undefined
        ? `The org answered ${status}.`
        : [`${status}: ${String(refusal['errorSummary'])}`, ...causes].join(' '),
    );
    this.answer = answer;
  }
}
