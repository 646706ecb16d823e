import { z } from 'zod';
import { defineOperation } from '../../define.ts';
import { authenticationDocs } from '../../docs.ts';
import { EmptyObject, Flag, Links, Timestamp } from '../../schemas.ts';

const common = {
  api: 'authentication',
  authentication: 'optional-token',
  docs: authenticationDocs,
  bucket: 'authn',
  method: 'POST',
} as const;

/** One step of signing in or recovering: its state, what it holds and where to go next. */
const Transaction = z.looseObject({
  stateToken: z.string().optional(),
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
  recoveryToken: z.string().optional(),
  sessionToken: z.string().optional(),
  relayState: z.string().nullish(),
  _embedded: z.looseObject({}).optional(),
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

/** A pack cannot read mails, messages or apps on a phone, so these steps may be refused. */
const needsPhone = { alsoAnswers: [400, 401, 403, 404, 429] };

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
        ...needsPhone,
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
        ...needsPhone,
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
        body: { stateToken, newPassword: '{{newPassword}}' },
        ...needsPhone,
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
        ...needsPhone,
      },
      {
        title: 'Enroll SMS Factor',
        body: {
          stateToken,
          factorType: 'sms',
          provider: 'OKTA',
          profile: { phoneNumber: '+1-555-010-0137' },
        },
        ...needsPhone,
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
        ...needsPhone,
      },
      {
        title: 'Enroll Email Factor',
        body: { stateToken, factorType: 'email', provider: 'OKTA' },
        ...needsPhone,
      },
      {
        title: 'Enroll Okta TOTP Factor',
        body: { stateToken, factorType: 'token:software:totp', provider: 'OKTA' },
        ...needsPhone,
      },
      {
        title: 'Enroll Okta Verify Push Factor',
        body: { stateToken, factorType: 'push', provider: 'OKTA' },
        ...needsPhone,
      },
      {
        title: 'Enroll Google Authenticator Factor',
        body: { stateToken, factorType: 'token:software:totp', provider: 'GOOGLE' },
        ...needsPhone,
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
        ...needsPhone,
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
        ...needsPhone,
      },
      {
        title: 'Enroll YubiKey Factor',
        body: { stateToken, factorType: 'token:hardware', provider: 'YUBICO', passCode },
        ...needsPhone,
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
      { title: 'Activate SMS Factor', body: { stateToken, passCode }, ...needsPhone },
      { title: 'Activate Email Factor', body: { stateToken, passCode }, ...needsPhone },
      { title: 'Activate TOTP Factor', body: { stateToken, passCode }, ...needsPhone },
      { title: 'Activate Push Factor', body: { stateToken }, ...needsPhone },
    ],
  }),

  pollActivation: defineOperation({
    ...step,
    path: '/api/v1/authn/factors/{factorId}/lifecycle/activate/poll',
    summary: 'Ask whether a push or Duo factor has been activated',
    body: FactorStepBody,
    errors: [...stateErrors, 'E0000007'],
    examples: [{ title: 'Poll for Factor enrollment', body: { stateToken }, ...needsPhone }],
  }),

  emailActivationLink: defineOperation({
    ...step,
    path: '/api/v1/authn/factors/{factorId}/lifecycle/activate/email',
    summary: 'Mail the link that activates Okta Verify',
    body: FactorStepBody,
    errors: [...stateErrors, 'E0000007'],
    examples: [{ title: 'Send Activation Link by Email', body: { stateToken }, ...needsPhone }],
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
        ...needsPhone,
      },
    ],
  }),

  resendActivation: defineOperation({
    ...step,
    path: '/api/v1/authn/factors/{factorId}/lifecycle/resend',
    summary: 'Send the code of an enrolment again',
    body: FactorStepBody,
    errors: [...stateErrors, 'E0000007', 'E0000109', 'E0000118', 'E0000133'],
    examples: [{ title: 'Resend Activation Code', body: { stateToken }, ...needsPhone }],
  }),

  duoCallback: defineOperation({
    ...common,
    path: '/api/v1/authn/factors/{factorId}/lifecycle/duoCallback',
    summary: "Take the answer of Duo's widget",
    body: z.record(z.string(), z.json()),
    bodyRequired: false,
    success: { status: 200 },
    errors: ['E0000007', 'E0000011'],
    examples: [{ title: 'Duo Callback', ...needsPhone }],
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
      { title: 'Send SMS Challenge (OTP)', body: { stateToken }, ...needsPhone },
      { title: 'Send Email Challenge (OTP)', body: { stateToken }, ...needsPhone },
      {
        title: 'Verify Question Factor',
        body: { stateToken, answer: 'cold porridge' },
        ...needsPhone,
      },
      { title: 'Verify SMS Factor', body: { stateToken, passCode }, ...needsPhone },
      { title: 'Verify Email Factor', body: { stateToken, passCode }, ...needsPhone },
      { title: 'Verify TOTP Factor', body: { stateToken, passCode }, ...needsPhone },
      { title: 'Verify and Poll Push Factor', body: { stateToken }, ...needsPhone },
    ],
  }),

  resendChallenge: defineOperation({
    ...inState,
    path: '/api/v1/authn/factors/{factorId}/verify/resend',
    summary: 'Send a challenge again',
    errors: [...stateErrors, 'E0000007', 'E0000109', 'E0000118', 'E0000133'],
    examples: [{ title: 'Resend Challenge', body: { stateToken }, ...needsPhone }],
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
        ...needsPhone,
      },
      {
        title: 'Forgot Password with SMS Factor',
        body: { username: '{{login}}', factorType: 'SMS', relayState: '/harbour/berths' },
        ...needsPhone,
      },
      {
        title: 'Forgot Password for Trusted Application',
        headers: { Authorization: 'SSWS {{apikey}}' },
        body: { username: '{{login}}', relayState: '/harbour/berths' },
        saves: { recoveryToken: 'recoveryToken' },
        alsoAnswers: [403],
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
        ...needsPhone,
      },
      {
        title: 'Unlock Account with SMS Factor',
        body: { username: '{{login}}', factorType: 'SMS' },
        ...needsPhone,
      },
      {
        title: 'Unlock Account with Trusted Application',
        headers: { Authorization: 'SSWS {{apikey}}' },
        body: { username: '{{login}}' },
        alsoAnswers: [403],
      },
    ],
  }),

  verifySmsRecovery: defineOperation({
    ...step,
    path: '/api/v1/authn/recovery/factors/sms/verify',
    summary: 'Check the code of a recovery by SMS',
    body: OtpBody,
    errors: [...stateErrors, 'E0000068'],
    examples: [{ title: 'Verify SMS Recovery Factor', body: { stateToken, passCode }, ...needsPhone }],
  }),

  resendSmsRecovery: defineOperation({
    ...inState,
    path: '/api/v1/authn/recovery/factors/sms/resend',
    summary: 'Send the code of a recovery by SMS again',
    errors: [...stateErrors, 'E0000109'],
    examples: [{ title: 'Resend SMS Recovery Challenge', body: { stateToken }, ...needsPhone }],
  }),

  verifyCallRecovery: defineOperation({
    ...step,
    path: '/api/v1/authn/recovery/factors/call/verify',
    summary: 'Check the code of a recovery by call',
    body: OtpBody,
    errors: [...stateErrors, 'E0000068'],
    examples: [{ title: 'Verify Call Recovery Factor', body: { stateToken, passCode }, ...needsPhone }],
  }),

  resendCallRecovery: defineOperation({
    ...inState,
    path: '/api/v1/authn/recovery/factors/call/resend',
    summary: 'Say the code of a recovery by call again',
    errors: [...stateErrors, 'E0000133'],
    examples: [{ title: 'Resend Call Recovery Challenge', body: { stateToken }, ...needsPhone }],
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
        alsoAnswers: [401],
      },
    ],
  }),

  answerRecoveryQuestion: defineOperation({
    ...step,
    path: '/api/v1/authn/recovery/answer',
    summary: 'Answer the recovery question',
    body: z.object({ stateToken: z.string(), answer: z.string() }),
    errors: [...stateErrors, 'E0000087'],
    examples: [
      { title: 'Answer Recovery Question', body: { stateToken, answer: 'harbour wall' }, ...needsPhone },
    ],
  }),

  previous: defineOperation({
    ...inState,
    path: '/api/v1/authn/previous',
    summary: 'Step a transaction back',
    examples: [{ title: 'Previous Transaction State', body: { stateToken }, ...needsPhone }],
  }),

  skip: defineOperation({
    ...inState,
    path: '/api/v1/authn/skip',
    summary: 'Skip a step that is not required',
    examples: [{ title: 'Skip Transaction State', body: { stateToken }, ...needsPhone }],
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
    examples: [{ title: 'Cancel Transaction', body: { stateToken }, ...needsPhone }],
  }),
};
