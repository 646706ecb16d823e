import type { Sandbox, SandboxResponse, ScriptHost, ScriptJob } from '@castellan/sandbox';
import type { Veil } from './veil.ts';

/** A sandbox whose scripts see handles where their surroundings have secrets. */
export function veilSandbox(sandbox: Sandbox, veil: Veil): Sandbox {
  return {
    async execute(job, host, signal) {
      const outcome = await sandbox.execute(hideJob(job, veil), veilHost(host, veil), signal);
      return { ...outcome, scopes: veil.reveal(outcome.scopes), request: veil.reveal(outcome.request) };
    },
    close: () => sandbox.close(),
  };
}

function hideJob(job: ScriptJob, veil: Veil): ScriptJob {
  const { scopes, request, response, cookies } = job;
  return {
    ...job,
    scopes: veil.hide(scopes),
    request: veil.hide(request),
    cookies: veil.hide(cookies),
    ...(response === undefined ? {} : { response: hideResponse(response, veil) }),
  };
}

function hideResponse(response: SandboxResponse, veil: Veil): SandboxResponse {
  return { ...veil.hide(response), body: veil.hideBytes(response.body) };
}

function veilHost(host: ScriptHost, veil: Veil): ScriptHost {
  return {
    ...host,
    async sendRequest(request, signal) {
      const answer = await host.sendRequest(veil.reveal(request), signal);
      return {
        request: veil.hide(answer.request),
        response: hideResponse(answer.response, veil),
        cookies: veil.hide(answer.cookies),
      };
    },
    cookieJar: async (call) => veil.hide(await host.cookieJar(veil.reveal(call))),
  };
}
