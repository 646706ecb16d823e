import type { OrgAnswer, OrgCall } from '@castellan/workbench/api';
import { call } from '../api.ts';

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
    const isError = typeof body === 'object' && body !== null && 'errorSummary' in body;
    super(isError ? `${status}: ${String(body['errorSummary'])}` : `The org answered ${status}.`);
    this.answer = answer;
  }
}
