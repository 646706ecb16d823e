import type { Child } from 'hono/jsx';
import { z } from 'zod';
import { page } from '../console/answers.ts';
import { readForm } from '../console/form.ts';
import { renderDocument } from '../console/layout.tsx';

/**
 * The pages that the links in mails lead to (choose a password, answer the question, unlock the account), and the one
 * that plays another identity provider.
 */
export interface LinkPages {
  /** The answer to a request for one of them, or `undefined` for any other path. */
  answer(request: Request): Promise<Response | undefined>;
}

const PROVIDER = /^\/(sso\/idps\/[^/]+|policy\/mfa-(saml|oidc)-idp-redirect)$/;
const LINK = /^\/(welcome|reset_password|signin\/reset-password|signin\/unlock)\/([^/]+)$/;

/** What a transaction answers, as far as these pages show it. */
const Answer = z.object({
  status: z.string().optional(),
  stateToken: z.string().optional(),
  recoveryType: z.string().optional(),
  _embedded: z
    .object({
      user: z
        .object({
          profile: z.object({ login: z.string() }),
          recovery_question: z.object({ question: z.string() }).optional(),
        })
        .optional(),
    })
    .optional(),
  errorSummary: z.string().optional(),
  errorCauses: z.array(z.object({ errorSummary: z.string() })).optional(),
});
type Answer = z.infer<typeof Answer>;

/**
 * Makes the pages over the org's own sign-in API: they know nothing that a client of it could not know.
 * @param api answers a request to the org's API
 * @param answerAsProvider what the identity provider says of the person of a transaction; throws when nothing waits
 */
export function createLinkPages(
  api: (request: Request) => Promise<Response>,
  answerAsProvider: (token: string, state: 'approved' | 'rejected') => Promise<void>,
): LinkPages {
  return {
    async answer(request) {
      const { pathname, searchParams } = new URL(request.url);
      if (PROVIDER.test(pathname)) {
        const token = searchParams.get('stateToken') ?? searchParams.get('okta_key') ?? '';
        return request.method === 'POST' ? sayAsProvider(request, token) : showProvider(request, token);
      }
      const [, kind, token = ''] = LINK.exec(pathname) ?? [];
      if (kind === undefined) return undefined;
      if (request.method === 'POST') return goOn(request);
      const answer = await (kind === 'welcome'
        ? call(request, '', { token })
        : call(request, '/recovery/token', { recoveryToken: token }));
      return show(answer);
    },
  };

  /** Sends what was filled in; a refusal is shown where the transaction still is. */
  async function goOn(request: Request): Promise<Response> {
    const form = readForm(await request.formData().catch(() => new FormData()));
    const stateToken = form.text('stateToken');
    const answer = form.text('answer');
    const next = await (answer === ''
      ? call(request, '/credentials/reset_password', { stateToken, newPassword: form.text('newPassword') })
      : call(request, '/recovery/answer', { stateToken, answer }));
    if (next.status !== undefined) return show(next);
    const here = await call(request, '', { stateToken });
    return show(here, next.errorCauses?.[0]?.errorSummary ?? next.errorSummary);
  }

  async function showProvider(request: Request, stateToken: string): Promise<Response> {
    const { status, _embedded } = await call(request, '', { stateToken });
    if (status !== 'MFA_ENROLL_ACTIVATE' && status !== 'MFA_CHALLENGE') return nothingWaits();
    return draw(
      'Another identity provider',
      <>
        <p>{_embedded?.user?.profile.login}</p>
        <p>The local org plays the identity provider that people are sent to. What does it say?</p>
        <form method="post">
          <button class="primary" name="state" value="approved">
            It is this person
          </button>{' '}
          <button name="state" value="rejected">
            It is somebody else
          </button>
        </form>
      </>,
    );
  }

  async function sayAsProvider(request: Request, stateToken: string): Promise<Response> {
    const form = readForm(await request.formData().catch(() => new FormData()));
    const state = form.text('state') === 'approved' ? 'approved' : 'rejected';
    try {
      await answerAsProvider(stateToken, state);
    } catch {
      return nothingWaits();
    }
    return draw(
      state === 'approved' ? 'The provider confirmed it' : 'The provider refused',
      <p>Go back to where you signed in.</p>,
    );
  }

  async function call(request: Request, path: string, body: object): Promise<Answer> {
    const response = await api(
      new Request(new URL(`/api/v1/authn${path}`, request.url), {
        method: 'POST',
        headers: { 'user-agent': request.headers.get('user-agent') ?? '' },
        body: JSON.stringify(body),
      }),
    );
    return Answer.parse(await response.json());
  }
}

async function nothingWaits(): Promise<Response> {
  return draw(
    'This link does not work',
    <p>No sign-in waits for an identity provider here any more.</p>,
    404,
  );
}

async function show(answer: Answer, problem?: string): Promise<Response> {
  const { status, stateToken = '' } = answer;
  const user = answer._embedded?.user;
  const login = user?.profile.login ?? '';
  if (status === undefined)
    return draw(
      'This link does not work',
      <p>It has ended, or it was used already. Ask for another one.</p>,
      404,
    );
  if (status === 'RECOVERY')
    return draw(
      'Answer your question',
      <Step stateToken={stateToken} login={login} problem={problem} button="Go on">
        <label>
          {user?.recovery_question?.question}
          <input name="answer" autocomplete="off" required autofocus />
        </label>
      </Step>,
    );
  if (status === 'PASSWORD_RESET')
    return draw(
      'Choose a password',
      <Step stateToken={stateToken} login={login} problem={problem} button="Set the password">
        <label>
          New password
          <input name="newPassword" type="password" autocomplete="new-password" required autofocus />
        </label>
      </Step>,
    );
  const isUnlock = answer.recoveryType === 'UNLOCK';
  return draw(
    isUnlock ? 'Your account is unlocked' : 'Your password is set',
    <p>You can sign in now{status === 'SUCCESS' ? '' : ', with your second factor'}.</p>,
  );
}

interface StepProps {
  readonly stateToken: string;
  readonly login: string;
  readonly problem: string | undefined;
  readonly button: string;
  readonly children?: Child;
}

function Step({ stateToken, login, problem, button, children }: StepProps) {
  return (
    <>
      <p>{login}</p>
      {problem === undefined ? undefined : (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <form method="post">
        <input type="hidden" name="stateToken" value={stateToken} />
        <input type="hidden" name="username" value={login} autocomplete="username" />
        {children}
        <button class="primary">{button}</button>
      </form>
    </>
  );
}

async function draw(title: string, content: Child, status = 200): Promise<Response> {
  const html = await renderDocument(
    title,
    <main class="sign-in">
      <h1>{title}</h1>
      {content}
    </main>,
  );
  return page(html, status);
}
