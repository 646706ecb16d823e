import { z } from 'zod';
import { defineOperation } from '../../define.ts';
import { authenticationDocs } from '../../docs.ts';
import { EmptyObject, FactorActivation, Flag, Links, Timestamp } from '../../schemas.ts';
import { SecretText } from '../../secret-fields.ts';

const common = {
  api: 'authentication',
  authentication: 'optional-token',
  docs: authenticationDocs,
  bucket: 'authn',
  method: 'POST',
} as const;

/** One step of signing in or recovering: its state, what it holds and where to go next. */
const Transaction = z.looseObject({
  stateToken: SecretText.optional(),
  expiresAt: Timestamp.optional(),
  status: z.enum([
    'UNAUTHENTICATED',
    'LOCKED_OUT',
    'PASSWORD_WARN',
    'PASSWORD_EXPIRED',
    'RECOVERY',
    'RECOVERY_CHALLENGE',
    'PASSWORD_RESET',
    'MFA_ENROLL',
    'MFA_ENROLL_ACTIVATE',
    'MFA_REQUIRED',
    'MFA_CHALLENGE',
    'SUCCESS',
  ]),
  factorResult: z.string().optional(),
  recoveryType: z.string().optional(),
  recoveryToken: SecretText.optional(),
  sessionToken: SecretText.optional(),
  relayState: z.string().nullish(),
  _embedded: z
    .looseObject({
      factor: z
        .looseObject({ _embedded: z.looseObject({ activation: FactorActivation.optional() }).optional() })
        .optional(),
    })
    .optional(),
  _links: Links.optional(),
});

const StateBody = z.object({ stateToken: z.string() });
const Options = z.object({
  multiOptionalFactorEnroll: z.boolean().optional(),
  warnBeforePasswordExpired: z.boolean().optional(),
});

const step = { ...common, success: { status: 200, answer: Transaction } } as const;
const stateErrors = ['E0000001', 'E0000003', 'E0000011', 'E0000079'] as const;
const inState = { ...step, body: StateBody, errors: stateErrors } as const;

const stateToken = '{{stateToken}}';
const passCode = '{{passCode}}';

/** Why a step of signing in with factors is refused where no policy asks for any. */
const inOtherState =
  'the transaction is in another state, because the policy of the org does not ask for this step';
const anotherState = { refusals: { E0000079: inOtherState } };

/** Why a code is refused: nobody but the person who got it knows it. */
const unknownCode = 'the code of the pack is made up; put in the one that was sent or shown';
const needsCode = { refusals: { E0000079: inOtherState, E0000068: unknownCode } };

const passwordErrors = [...stateErrors, 'E0000014', 'E0000080'] as const;

const RecoveryStart = z.object({
  username: z.string(),
  // Okta: documented in capitals, shown in small letters as well.
  factorType: z.enum(['EMAIL', 'SMS', 'CALL', 'email', 'sms', 'call']).optional(),
  relayState: z.string().nullish(),
});

const OtpBody = z.object({ stateToken: z.string(), passCode: z.string() });

const EnrollBody = z.object({
  stateToken: z.string(),
  factorType: z.string(),
  provider: z.string(),
  profile: z.record(z.string(), z.json()).optional(),
  passCode: z.string().optional(),
  nextPassCode: z.string().optional(),
});

const FactorStepBody = z.object({
  stateToken: z.string(),
  factorType: z.string().optional(),
  provider: z.string().optional(),
});

export const authentication = {
  authenticate: defineOperation({
    ...step,
    path: '/api/v1/authn',
    summary: 'Sign in with a password, or read the state of a transaction',
    description:
      'With a username and a password (or an activation token) a transaction begins; with a state token alone its present state is answered.',
    body: z.object({
      username: z.string().optional(),
      password: z.string().optional(),
      token: z.string().optional(),
      stateToken: z.string().optional(),
      relayState: z.string().nullish(),
      audience: z.string().optional(),
      options: Options.optional(),
      context: z.object({ deviceToken: z.string().nullish() }).optional(),
    }),
    errors: ['E0000001', 'E0000003', 'E0000004', 'E0000011', 'E0000047'],
    events: ['user.session.start', 'policy.evaluate_sign_on'],
    examples: [
      {
        title: 'Primary Authentication',
        body: {
          username: '{{login}}',
          password: '{{password}}',
          options: { multiOptionalFactorEnroll: false, warnBeforePasswordExpired: false },
        },
        saves: { sessionToken: 'sessionToken', stateToken: 'stateToken' },
      },
      {
        title: 'Primary Authentication with Trusted Application',
        headers: { Authorization: 'SSWS {{apikey}}' },
        body: {
          username: '{{login}}',
          password: '{{password}}',
          relayState: '/harbour/berths/7',
          options: { multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true },
          context: { deviceToken: 'device-of-the-example-browser-01' },
        },
        saves: { sessionToken: 'sessionToken', stateToken: 'stateToken' },
      },
      {
        title: 'Get Transaction State',
        body: { stateToken },
      },
    ],
  }),

  changePassword: defineOperation({
    ...step,
    path: '/api/v1/authn/credentials/change_password',
    summary: 'Change a password that has expired or soon will',
    body: z.object({
      stateToken: z.string(),
      oldPassword: z.string(),
      newPassword: z.string(),
      revokeSessions: z.boolean().optional(),
    }),
    errors: passwordErrors,
    events: ['user.account.update_password'],
    examples: [
      {
        title: 'Change Password',
        body: { stateToken, oldPassword: '{{password}}', newPassword: '{{newPassword}}' },
        ...anotherState,
      },
    ],
  }),

  resetPassword: defineOperation({
    ...step,
    path: '/api/v1/authn/credentials/reset_password',
    summary: 'Set a new password at the end of a recovery',
    body: z.object({
      stateToken: z.string(),
      newPassword: z.string(),
      revokeSessions: z.boolean().optional(),
    }),
    errors: [...passwordErrors, 'E0000087'],
    events: ['user.account.update_password'],
    examples: [
      {
        title: 'Reset Password',
        body: { stateToken, newPassword: '{{newerPassword}}' },
      },
    ],
  }),

  enrollFactor: defineOperation({
    ...step,
    path: '/api/v1/authn/factors',
    summary: 'Enrol a factor while signing in',
    query: z.object({ updatePhone: Flag.optional() }),
    body: EnrollBody,
    errors: [...stateErrors, 'E0000068', 'E0000098', 'E0000109'],
    events: ['user.mfa.factor.activate'],
    examples: [
      {
        title: 'Enroll Question Factor',
        body: {
          stateToken,
          factorType: 'question',
          provider: 'OKTA',
          profile: { question: 'disliked_food', answer: 'cold porridge' },
        },
        ...anotherState,
      },
      {
        title: 'Enroll SMS Factor',
        body: {
          stateToken,
          factorType: 'sms',
          provider: 'OKTA',
          profile: { phoneNumber: '+1-555-010-0137' },
        },
        saves: { factorId: '_embedded.factor.id' },
        ...anotherState,
      },
      {
        title: 'Enroll SMS Factor with New Number',
        query: { updatePhone: 'true' },
        body: {
          stateToken,
          factorType: 'sms',
          provider: 'OKTA',
          profile: { phoneNumber: '+1-555-010-0138' },
        },
        saves: { factorId: '_embedded.factor.id' },
        ...anotherState,
      },
      {
        title: 'Enroll Email Factor',
        body: { stateToken, factorType: 'email', provider: 'OKTA' },
        saves: { factorId: '_embedded.factor.id' },
        ...anotherState,
      },
      {
        title: 'Enroll Okta TOTP Factor',
        body: { stateToken, factorType: 'token:software:totp', provider: 'OKTA' },
        saves: { factorId: '_embedded.factor.id' },
        ...anotherState,
      },
      {
        title: 'Enroll Okta Verify Push Factor',
        body: { stateToken, factorType: 'push', provider: 'OKTA' },
        saves: { factorId: '_embedded.factor.id' },
        ...anotherState,
      },
      {
        title: 'Enroll Google Authenticator Factor',
        body: { stateToken, factorType: 'token:software:totp', provider: 'GOOGLE' },
        saves: { factorId: '_embedded.factor.id' },
        ...anotherState,
      },
      {
        title: 'Enroll RSA SecurID Factor',
        body: {
          stateToken,
          factorType: 'token',
          provider: 'RSA',
          passCode,
          profile: { credentialId: '{{login}}' },
        },
        ...needsCode,
      },
      {
        title: 'Enroll Symantec VIP Factor',
        body: {
          stateToken,
          factorType: 'token',
          provider: 'SYMANTEC',
          passCode,
          nextPassCode: passCode,
          profile: { credentialId: 'VSMT00000001' },
        },
        ...needsCode,
      },
      {
        title: 'Enroll YubiKey Factor',
        body: { stateToken, factorType: 'token:hardware', provider: 'YUBICO', passCode },
        ...needsCode,
      },
    ],
  }),

  activateFactor: defineOperation({
    ...step,
    path: '/api/v1/authn/factors/{factorId}/lifecycle/activate',
    summary: 'Activate the factor that was just enrolled',
    body: z.object({
      stateToken: z.string(),
      passCode: z.string().optional(),
      registrationData: z.string().optional(),
      clientData: z.string().optional(),
      attestation: z.string().optional(),
    }),
    errors: [...stateErrors, 'E0000007', 'E0000068'],
    events: ['user.mfa.factor.activate'],
    examples: [
      { title: 'Activate SMS Factor', body: { stateToken, passCode }, ...needsCode },
      { title: 'Activate Email Factor', body: { stateToken, passCode }, ...needsCode },
      { title: 'Activate TOTP Factor', body: { stateToken, passCode }, ...needsCode },
      { title: 'Activate Push Factor', body: { stateToken }, ...anotherState },
    ],
  }),

  pollActivation: defineOperation({
    ...step,
    path: '/api/v1/authn/factors/{factorId}/lifecycle/activate/poll',
    summary: 'Ask whether a push or Duo factor has been activated',
    body: FactorStepBody,
    errors: [...stateErrors, 'E0000007'],
    examples: [{ title: 'Poll for Factor enrollment', body: { stateToken }, ...anotherState }],
  }),

  emailActivationLink: defineOperation({
    ...step,
    path: '/api/v1/authn/factors/{factorId}/lifecycle/activate/email',
    summary: 'Mail the link that activates Okta Verify',
    body: FactorStepBody,
    errors: [...stateErrors, 'E0000007'],
    examples: [{ title: 'Send Activation Link by Email', body: { stateToken }, ...anotherState }],
  }),

  textActivationLink: defineOperation({
    ...step,
    path: '/api/v1/authn/factors/{factorId}/lifecycle/activate/sms',
    summary: 'Text the link that activates Okta Verify',
    body: z.object({
      stateToken: z.string(),
      profile: z.object({ phoneNumber: z.string().optional() }).optional(),
    }),
    errors: [...stateErrors, 'E0000007'],
    examples: [
      {
        title: 'Send Activation Link by SMS',
        body: { stateToken, profile: { phoneNumber: '+1-555-010-0137' } },
        ...anotherState,
      },
    ],
  }),

  resendActivation: defineOperation({
    ...step,
    path: '/api/v1/authn/factors/{factorId}/lifecycle/resend',
    summary: 'Send the code of an enrolment again',
    body: FactorStepBody,
    errors: [...stateErrors, 'E0000007', 'E0000109', 'E0000118', 'E0000133'],
    examples: [
      {
        title: 'Resend Activation Code',
        body: { stateToken },
        refusals: { E0000079: inOtherState, E0000109: 'a code was sent less than half a minute ago' },
      },
    ],
  }),

  duoCallback: defineOperation({
    ...common,
    path: '/api/v1/authn/factors/{factorId}/lifecycle/duoCallback',
    summary: "Take the answer of Duo's widget",
    body: z.record(z.string(), z.json()),
    bodyRequired: false,
    success: { status: 200 },
    errors: ['E0000007', 'E0000011', 'E0000079'],
    examples: [
      { title: 'Duo Callback', body: { stateToken, sig_response: 'AUTH|made-up' }, ...anotherState },
    ],
  }),

  verifyFactor: defineOperation({
    ...step,
    path: '/api/v1/authn/factors/{factorId}/verify',
    summary: 'Challenge or verify a factor while signing in',
    description:
      'Without a code the challenge is sent, with one it is checked. `webauthn` may stand for the factor id.',
    bucket: 'authn-verify',
    query: z.object({ rememberDevice: Flag.optional(), autoPush: Flag.optional() }),
    body: z.object({
      stateToken: z.string(),
      passCode: z.string().optional(),
      answer: z.string().optional(),
      clientData: z.string().optional(),
      signatureData: z.string().optional(),
      authenticatorData: z.string().optional(),
      rememberDevice: z.boolean().optional(),
      autoPush: z.boolean().optional(),
    }),
    errors: [
      ...stateErrors,
      'E0000007',
      'E0000068',
      'E0000069',
      'E0000082',
      'E0000083',
      'E0000109',
      'E0000118',
      'E0000133',
    ],
    events: ['user.authentication.auth_via_mfa'],
    examples: [
      { title: 'Send SMS Challenge (OTP)', body: { stateToken }, ...anotherState },
      { title: 'Send Email Challenge (OTP)', body: { stateToken }, ...anotherState },
      {
        title: 'Verify Question Factor',
        body: { stateToken, answer: 'cold porridge' },
        ...needsCode,
      },
      { title: 'Verify SMS Factor', body: { stateToken, passCode }, ...needsCode },
      { title: 'Verify Email Factor', body: { stateToken, passCode }, ...needsCode },
      { title: 'Verify TOTP Factor', body: { stateToken, passCode }, ...needsCode },
      { title: 'Verify and Poll Push Factor', body: { stateToken }, ...anotherState },
    ],
  }),

  resendChallenge: defineOperation({
    ...inState,
    path: '/api/v1/authn/factors/{factorId}/verify/resend',
    summary: 'Send a challenge again',
    errors: [...stateErrors, 'E0000007', 'E0000109', 'E0000118', 'E0000133'],
    examples: [{ title: 'Resend Challenge', body: { stateToken }, ...anotherState }],
  }),

  recoverPassword: defineOperation({
    ...step,
    path: '/api/v1/authn/recovery/password',
    summary: 'Begin to recover a forgotten password',
    body: RecoveryStart,
    errors: ['E0000001', 'E0000003', 'E0000034', 'E0000095', 'E0000109'],
    events: ['user.account.reset_password'],
    examples: [
      {
        title: 'Forgot Password with Email Factor',
        body: { username: '{{login}}', factorType: 'EMAIL', relayState: '/harbour/berths' },
      },
      {
        title: 'Forgot Password with SMS Factor',
        body: { username: '{{login}}', factorType: 'SMS', relayState: '/harbour/berths' },
        saves: { stateToken: 'stateToken' },
        refusals: { E0000034: 'the password policy of the org does not allow it' },
      },
      {
        title: 'Forgot Password for Trusted Application',
        headers: { Authorization: 'SSWS {{apikey}}' },
        body: { username: '{{login}}', relayState: '/harbour/berths' },
        saves: { recoveryToken: 'recoveryToken' },
      },
    ],
  }),

  unlockAccount: defineOperation({
    ...step,
    path: '/api/v1/authn/recovery/unlock',
    summary: 'Begin to unlock a locked account',
    body: RecoveryStart,
    errors: ['E0000001', 'E0000003', 'E0000032', 'E0000095', 'E0000109'],
    events: ['user.account.unlock_token'],
    examples: [
      {
        title: 'Unlock Account with Email Factor',
        body: { username: '{{login}}', factorType: 'EMAIL' },
        refusals: { E0000032: 'the password policy of the org does not allow it' },
      },
      {
        title: 'Unlock Account with SMS Factor',
        body: { username: '{{login}}', factorType: 'SMS' },
        refusals: { E0000032: 'the password policy of the org does not allow it' },
      },
      {
        title: 'Unlock Account with Trusted Application',
        headers: { Authorization: 'SSWS {{apikey}}' },
        body: { username: '{{login}}' },
        refusals: { E0000032: 'the user of the pack is not locked out' },
      },
    ],
  }),

  verifySmsRecovery: defineOperation({
    ...step,
    path: '/api/v1/authn/recovery/factors/sms/verify',
    summary: 'Check the code of a recovery by SMS',
    body: OtpBody,
    errors: [...stateErrors, 'E0000068'],
    examples: [{ title: 'Verify SMS Recovery Factor', body: { stateToken, passCode }, ...needsCode }],
  }),

  resendSmsRecovery: defineOperation({
    ...inState,
    path: '/api/v1/authn/recovery/factors/sms/resend',
    summary: 'Send the code of a recovery by SMS again',
    errors: [...stateErrors, 'E0000109'],
    examples: [
      {
        title: 'Resend SMS Recovery Challenge',
        body: { stateToken },
        refusals: { E0000079: inOtherState, E0000109: 'a code was sent less than half a minute ago' },
      },
    ],
  }),

  verifyCallRecovery: defineOperation({
    ...step,
    path: '/api/v1/authn/recovery/factors/call/verify',
    summary: 'Check the code of a recovery by call',
    body: OtpBody,
    errors: [...stateErrors, 'E0000068'],
    examples: [{ title: 'Verify Call Recovery Factor', body: { stateToken, passCode }, ...needsCode }],
  }),

  resendCallRecovery: defineOperation({
    ...inState,
    path: '/api/v1/authn/recovery/factors/call/resend',
    summary: 'Say the code of a recovery by call again',
    errors: [...stateErrors, 'E0000133'],
    examples: [
      {
        title: 'Resend Call Recovery Challenge',
        body: { stateToken },
        refusals: { E0000079: inOtherState, E0000133: 'a call was made less than half a minute ago' },
      },
    ],
  }),

  verifyRecoveryToken: defineOperation({
    ...step,
    path: '/api/v1/authn/recovery/token',
    summary: 'Turn a recovery token into a state token',
    body: z.object({ recoveryToken: z.string(), options: Options.optional() }),
    errors: ['E0000001', 'E0000003', 'E0000011', 'E0000105'],
    examples: [
      {
        title: 'Verify Recovery Token',
        body: { recoveryToken: '{{recoveryToken}}' },
        saves: { stateToken: 'stateToken' },
      },
    ],
  }),

  answerRecoveryQuestion: defineOperation({
    ...step,
    path: '/api/v1/authn/recovery/answer',
    summary: 'Answer the recovery question',
    body: z.object({ stateToken: z.string(), answer: z.string() }),
    errors: [...stateErrors, 'E0000087'],
    examples: [{ title: 'Answer Recovery Question', body: { stateToken, answer: 'harbour wall' } }],
  }),

  previous: defineOperation({
    ...inState,
    path: '/api/v1/authn/previous',
    summary: 'Step a transaction back',
    examples: [{ title: 'Previous Transaction State', body: { stateToken }, ...anotherState }],
  }),

  skip: defineOperation({
    ...inState,
    path: '/api/v1/authn/skip',
    summary: 'Skip a step that is not required',
    examples: [{ title: 'Skip Transaction State', body: { stateToken }, ...anotherState }],
  }),

  cancel: defineOperation({
    ...common,
    path: '/api/v1/authn/cancel',
    summary: 'End a transaction and its state token',
    body: StateBody,
    success: {
      status: 200,
      answer: z.union([z.looseObject({ relayState: z.string() }), EmptyObject]),
    },
    errors: stateErrors,
    examples: [{ title: 'Cancel Transaction', body: { stateToken } }],
  }),
};
