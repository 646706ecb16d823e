import { type AuthnTransaction, OktaAuth } from '@okta/okta-auth-js';
import { serveOrg, type ServeOptions } from '@castellan/local-org';
import { expect, it } from 'vitest';
import { readBase32, timeCode } from './support/authenticators.ts';

const LOGIN = 'ida.berg@example.com';
const PASSWORD = 'Harbour-Lamp-27';

/** An org with one user, and Okta's own client in front of it. */
async function openWorld(settings: ServeOptions['settings'] = {}) {
  let now = 1_800_000_000_000;
  const served = await serveOrg({
    port: 0,
    token: 'tok',
    settings,
    host: { now: () => now },
  });
  const response = await fetch(`${served.url}/api/v1/users`, {
    method: 'POST',
    headers: { authorization: 'SSWS tok', 'content-type': 'application/json' },
    body: JSON.stringify({
      profile: { firstName: 'Ida', lastName: 'Berg', login: LOGIN, email: LOGIN },
      credentials: {
        password: { value: PASSWORD },
        recovery_question: { question: 'Which harbour?', answer: 'The old one' },
      },
    }),
  });
  expect(response.status).toBe(200);
  const client = new OktaAuth({ issuer: served.url, clientId: 'none', redirectUri: `${served.url}/` });
  return {
    org: served.org,
    client,
    signIn: (password = PASSWORD) => client.signInWithCredentials({ username: LOGIN, password }),
    now: () => now,
    /** Lets the org's clock go on, in milliseconds. */
    pass: (time: number) => {
      now += time;
    },
    [Symbol.asyncDispose]: () => served.close(),
  };
}

it('signs in with a password, and tells a wrong one', async () => {
  await using world = await openWorld();
  const transaction = await world.signIn();
  expect(transaction.status).toBe('SUCCESS');
  expect(transaction.sessionToken).toMatch(/^20111/);
  await expect(world.signIn('wrong')).rejects.toMatchObject({ errorCode: 'E0000004' });
});

it('enrols an authenticator app while signing in, and verifies by it next time', async () => {
  await using world = await openWorld({ signOnPolicy: { mfa: 'always' } });
  const enrolling = await world.signIn();
  expect(enrolling.status).toBe('MFA_ENROLL');
  const google = pick(enrolling.factors, 'token:software:totp', 'GOOGLE');
  const activating = await google.enroll();
  expect(activating.status).toBe('MFA_ENROLL_ACTIVATE');
  const { activation } = activating.factor;
  const picture = await fetch(activation.qrcode.href);
  expect(picture.headers.get('content-type')).toBe('image/png');
  const done = await activating.activate({ passCode: codeOf(activation.sharedSecret, world.now()) });
  expect(done.status).toBe('SUCCESS');

  world.pass(60_000);
  const asked = await world.signIn();
  expect(asked.status).toBe('MFA_REQUIRED');
  const app = pick(asked.factors, 'token:software:totp', 'GOOGLE');
  const passCode = codeOf(activation.sharedSecret, world.now());
  await expect(app.verify({ passCode: '000000' })).rejects.toMatchObject({ errorCode: 'E0000068' });
  expect((await app.verify({ passCode })).status).toBe('SUCCESS');
  const again = pick((await world.signIn()).factors, 'token:software:totp', 'GOOGLE');
  await expect(again.verify({ passCode })).rejects.toMatchObject({ errorCode: 'E0000082' });
});

it('waits for a push until the phone approves it', async () => {
  await using world = await openWorld({ signOnPolicy: { mfa: 'always' } });
  const activating = await pick((await world.signIn()).factors, 'push', 'OKTA').enroll();
  await approveLast(world);
  expect((await activating.poll({ delay: 1 })).status).toBe('SUCCESS');
  const challenged = await pick((await world.signIn()).factors, 'push', 'OKTA').verify({});
  expect(challenged.status).toBe('MFA_CHALLENGE');
  expect(challenged.factorResult).toBe('WAITING');
  await approveLast(world);
  expect((await challenged.poll({ delay: 1 })).status).toBe('SUCCESS');
});

it('recovers a password by the mailed link and the recovery question', async () => {
  await using world = await openWorld();
  const started = await world.client.forgotPassword({ username: LOGIN, factorType: 'EMAIL' });
  expect(started.status).toBe('RECOVERY_CHALLENGE');
  const recoveryToken = world.org.messages().at(-1)?.link?.split('/').at(-1) ?? '';
  const asked = (await world.client.verifyRecoveryToken({ recoveryToken })) as Step;
  expect(asked.status).toBe('RECOVERY');
  const resetting = await asked.answer({ answer: 'the OLD one' });
  expect(resetting.status).toBe('PASSWORD_RESET');
  await expect(resetting.resetPassword({ newPassword: 'weak' })).rejects.toMatchObject({
    errorCode: 'E0000080',
  });
  const done = await resetting.resetPassword({ newPassword: 'Other-Lamp-28' });
  expect(done.status).toBe('SUCCESS');
  expect((await world.signIn('Other-Lamp-28')).status).toBe('SUCCESS');
  await expect(world.client.verifyRecoveryToken({ recoveryToken })).rejects.toMatchObject({
    errorCode: 'E0000011',
  });
});

type World = Awaited<ReturnType<typeof openWorld>>;

async function approveLast({ org }: World): Promise<void> {
  const push = org.messages().findLast(({ channel }) => channel === 'push');
  await org.answerPush(push?.id ?? '', 'approved');
}

// The client hangs functions on the factors of an answer, of which its types say nothing.
type Factors = AuthnTransaction['factors'];
type Step = Omit<AuthnTransaction, 'answer' | 'resetPassword'> & {
  readonly factor: {
    readonly activation: { readonly sharedSecret: string; readonly qrcode: { readonly href: string } };
  };
  readonly factorResult?: string;
  readonly activate: (answer: object) => Promise<Step>;
  readonly poll: (options: object) => Promise<Step>;
  readonly answer: (answer: object) => Promise<Step>;
  readonly resetPassword: (answer: object) => Promise<Step>;
};
interface Factor {
  readonly enroll: () => Promise<Step>;
  readonly verify: (answer: object) => Promise<Step>;
}

function pick(factors: Factors, factorType: string, provider: string): Factor {
  const found = (factors ?? []).find((one) => one.factorType === factorType && one.provider === provider);
  if (!found) throw new Error(`There is no factor ${factorType} of ${provider}.`);
  return found as unknown as Factor;
}

/** What an authenticator app shows. */
function codeOf(secret: string, now: number): string {
  return timeCode(readBase32(secret), now);
}
