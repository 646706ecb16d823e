import { z } from 'zod';
import { defineOperation } from '../../define.ts';
import { docsOf } from '../../docs.ts';
import { cursorQuery, FactorActivation, Flag, Links, Timestamp } from '../../schemas.ts';

const common = {
  api: 'factors',
  authentication: 'token',
  docs: docsOf('UserFactor'),
  bucket: 'other',
} as const;

const Factor = z.looseObject({
  id: z.string(),
  factorType: z.string(),
  provider: z.string(),
  vendorName: z.string().nullish(),
  status: z.enum(['NOT_SETUP', 'PENDING_ACTIVATION', 'ENROLLED', 'ACTIVE', 'INACTIVE', 'EXPIRED']),
  created: Timestamp.optional(),
  lastUpdated: Timestamp.optional(),
  profile: z.looseObject({}).optional(),
  _links: Links,
  _embedded: z.looseObject({ activation: FactorActivation.optional() }).optional(),
});

const CatalogFactor = z.looseObject({
  factorType: z.string(),
  provider: z.string(),
  _links: Links,
});

const SecurityQuestion = z.looseObject({ question: z.string(), questionText: z.string() });

const FactorResult = z.looseObject({ factorResult: z.string() });

/** A push factor that waits for its phone answers a result instead of itself. */
const FactorOrResult = z.union([Factor, FactorResult]);

const YubikeyToken = z.looseObject({
  id: z.string(),
  status: z.string(),
  created: Timestamp,
  profile: z.looseObject({}).optional(),
});

const FactorProfile = z.object({
  question: z.string().optional(),
  answer: z.string().optional(),
  phoneNumber: z.string().optional(),
  phoneExtension: z.string().nullish(),
  email: z.string().optional(),
  credentialId: z.string().optional(),
  sharedSecret: z.string().optional(),
});

const EnrollBody = z.object({
  factorType: z.string(),
  provider: z.string(),
  profile: FactorProfile.optional(),
  factorProfileId: z.string().optional(),
  verify: z.object({ passCode: z.string().optional(), nextPassCode: z.string().optional() }).optional(),
});

const passCode = '{{passCode}}';
const verifyErrors = ['E0000001', 'E0000003', 'E0000007', 'E0000047', 'E0000068'] as const;

/** Why a code is refused: nobody but the person who got it knows it. */
const needsCode = {
  refusals: { E0000068: 'the code of the pack is made up; put in the one that was sent or shown' },
} as const;

/** Why a push cannot be sent: on a classic org no phone has added the account yet. */
const needsPhone = { refusals: { E0000107: 'no phone has added the account yet' } } as const;

export const factors = {
  listFactors: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/users/{userId}/factors',
    summary: 'List the factors that a user has enrolled',
    success: { status: 200, answer: z.array(Factor) },
    errors: ['E0000007'],
    examples: [{ title: 'List Factors' }],
  }),

  enrollFactor: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/v1/users/{userId}/factors',
    summary: 'Enrol a factor for a user',
    query: z.object({
      activate: Flag.optional(),
      templateId: z.string().optional(),
      tokenLifetimeSeconds: z.string().optional(),
      updatePhone: Flag.optional(),
    }),
    body: EnrollBody,
    success: { status: 200, answer: Factor },
    errors: [...verifyErrors, 'E0000098', 'E0000109', 'E0000118', 'E0000133'],
    events: ['user.mfa.factor.activate', 'system.sms.send_factor_verify_message'],
    examples: [
      {
        title: 'Enroll Okta Security Question Factor',
        body: {
          factorType: 'question',
          provider: 'OKTA',
          profile: { question: 'disliked_food', answer: 'cold porridge' },
        },
        saves: { questionFactorId: 'id' },
      },
      {
        title: 'Enroll Okta SMS Factor',
        body: {
          factorType: 'sms',
          provider: 'OKTA',
          profile: { phoneNumber: '+1-555-010-0137' },
        },
        saves: { smsFactorId: 'id' },
      },
      {
        title: 'Enroll Okta SMS Factor with New Number',
        query: { updatePhone: 'true' },
        body: {
          factorType: 'sms',
          provider: 'OKTA',
          profile: { phoneNumber: '+1-555-010-0138' },
        },
        saves: { smsFactorId: 'id' },
      },
      {
        title: 'Enroll and Auto-Activate Okta SMS Factor',
        query: { updatePhone: 'true', activate: 'true' },
        body: {
          factorType: 'sms',
          provider: 'OKTA',
          profile: { phoneNumber: '+1-555-010-0139' },
        },
        saves: { smsFactorId: 'id' },
      },
      {
        title: 'Enroll Okta Verify TOTP Factor',
        body: { factorType: 'token:software:totp', provider: 'OKTA' },
        saves: {
          totpFactorId: 'id',
          totpSecret: '_embedded.activation.sharedSecret',
          qrToken: '_embedded.activation._links.qrcode.href/',
        },
      },
      {
        title: 'Enroll Okta Verify Push Factor',
        body: { factorType: 'push', provider: 'OKTA' },
        saves: { pushFactorId: 'id' },
      },
      {
        title: 'Enroll Google Authenticator Factor',
        body: { factorType: 'token:software:totp', provider: 'GOOGLE' },
      },
      {
        title: 'Enroll Symantec VIP Token Factor',
        body: {
          factorType: 'token',
          provider: 'SYMANTEC',
          profile: { credentialId: 'VSMT00000001' },
          verify: { passCode, nextPassCode: passCode },
        },
        ...needsCode,
      },
      {
        title: 'Enroll RSA SecurID Factor',
        body: {
          factorType: 'token',
          provider: 'RSA',
          profile: { credentialId: '{{login}}' },
          verify: { passCode },
        },
        ...needsCode,
      },
      {
        title: 'Enroll YubiKey Factor',
        body: { factorType: 'token:hardware', provider: 'YUBICO', verify: { passCode } },
        ...needsCode,
      },
    ],
  }),

  getFactor: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/users/{userId}/factors/{factorId}',
    summary: 'Read a factor of a user',
    success: { status: 200, answer: Factor },
    errors: ['E0000007'],
    examples: [{ title: 'Get Factor', path: { factorId: '{{questionFactorId}}' } }],
  }),

  deleteFactor: defineOperation({
    ...common,
    method: 'DELETE',
    path: '/api/v1/users/{userId}/factors/{factorId}',
    summary: 'Take a factor away from a user',
    query: z.object({ removeRecoveryEnrollment: Flag.optional() }),
    irreversible: true,
    success: { status: 204 },
    errors: ['E0000007'],
    events: ['user.mfa.factor.deactivate'],
    examples: [{ title: 'Delete Factor', path: { factorId: '{{questionFactorId}}' } }],
  }),

  listCatalog: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/users/{userId}/factors/catalog',
    summary: 'List the factors that a user may enrol',
    success: { status: 200, answer: z.array(CatalogFactor) },
    errors: ['E0000007'],
    examples: [{ title: 'List Factors to Enroll' }],
  }),

  listQuestions: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/users/{userId}/factors/questions',
    summary: 'List the security questions to choose from',
    // Okta: people choose one while they sign in, so the packs send no token here.
    authentication: 'optional-token',
    success: { status: 200, answer: z.array(SecurityQuestion) },
    errors: ['E0000007'],
    examples: [{ title: 'List Security Questions' }],
  }),

  activateFactor: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/v1/users/{userId}/factors/{factorId}/lifecycle/activate',
    summary: 'Activate a factor that is pending',
    body: z.object({
      passCode: z.string().optional(),
      registrationData: z.string().optional(),
      clientData: z.string().optional(),
      attestation: z.string().optional(),
    }),
    bodyRequired: false,
    success: { status: 200, answer: FactorOrResult },
    errors: [...verifyErrors, 'E0000082', 'E0000083'],
    events: ['user.mfa.factor.activate'],
    examples: [
      {
        title: 'Activate SMS Factor',
        path: { factorId: '{{smsFactorId}}' },
        body: { passCode },
        ...needsCode,
      },
      {
        title: 'Activate TOTP Factor',
        path: { factorId: '{{totpFactorId}}' },
        body: { passCode: '{{totpCode}}' },
      },
    ],
  }),

  pollActivation: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/v1/users/{userId}/factors/{factorId}/lifecycle/activate/poll',
    summary: 'Ask whether a push factor has been activated',
    success: { status: 200, answer: FactorOrResult },
    errors: ['E0000007'],
    examples: [
      {
        title: 'Poll Push Factor Activation',
        path: { factorId: '{{pushFactorId}}' },
      },
    ],
  }),

  emailActivationLink: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/v1/users/{userId}/factors/{factorId}/lifecycle/activate/email',
    summary: 'Mail the link that activates a push factor',
    success: { status: 200, answer: FactorResult },
    errors: ['E0000007'],
    examples: [
      {
        title: 'Send Push Activation Link by Email',
        path: { factorId: '{{pushFactorId}}' },
      },
    ],
  }),

  textActivationLink: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/v1/users/{userId}/factors/{factorId}/lifecycle/activate/sms',
    summary: 'Text the link that activates a push factor',
    success: { status: 200, answer: FactorResult },
    errors: ['E0000007', 'E0000097'],
    examples: [
      {
        title: 'Send Push Activation Link by SMS',
        path: { factorId: '{{pushFactorId}}' },
        refusals: { E0000097: 'no phone number of the user is known' },
      },
    ],
  }),

  getQrCode: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/users/{userId}/factors/{factorId}/qr/{token}',
    summary: 'Read the picture that a phone scans to activate a factor',
    // Okta: the address itself is the secret, because an <img> cannot send a header.
    authentication: 'optional-token',
    success: { status: 200, contentType: 'image/png' },
    errors: ['E0000007'],
    examples: [
      {
        title: 'Get QR Code of a Factor',
        path: { factorId: '{{totpFactorId}}', token: '{{qrToken}}' },
      },
    ],
  }),

  resendEnrollment: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/v1/users/{userId}/factors/{factorId}/resend',
    summary: 'Send the code of an enrolment again',
    query: z.object({ templateId: z.string().optional() }),
    body: EnrollBody,
    success: { status: 200, answer: Factor },
    errors: ['E0000001', 'E0000003', 'E0000007', 'E0000047', 'E0000109', 'E0000118', 'E0000133'],
    events: ['system.sms.send_factor_verify_message'],
    examples: [
      {
        title: 'Resend SMS as part of enrollment',
        path: { factorId: '{{smsFactorId}}' },
        body: {
          factorType: 'sms',
          provider: 'OKTA',
          profile: { phoneNumber: '+1-555-010-0137' },
        },
        refusals: { E0000109: 'a code was sent less than half a minute ago' },
      },
    ],
  }),

  verifyFactor: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/v1/users/{userId}/factors/{factorId}/verify',
    summary: 'Challenge or verify a factor of a user',
    description: 'Without a code the challenge is sent, with one it is checked.',
    query: z.object({
      templateId: z.string().optional(),
      tokenLifetimeSeconds: z.string().optional(),
    }),
    body: z.object({
      passCode: z.string().optional(),
      answer: z.string().optional(),
      clientData: z.string().optional(),
      signatureData: z.string().optional(),
      authenticatorData: z.string().optional(),
    }),
    bodyRequired: false,
    success: { status: 200, answer: FactorResult, alsoStatus: 201 },
    errors: [...verifyErrors, 'E0000082', 'E0000083', 'E0000109', 'E0000118', 'E0000133'],
    events: ['user.authentication.auth_via_mfa'],
    examples: [
      {
        title: 'Verify Question Factor',
        path: { factorId: '{{questionFactorId}}' },
        body: { answer: 'cold porridge' },
      },
      {
        title: 'Send SMS Challenge',
        path: { factorId: '{{smsFactorId}}' },
      },
      {
        title: 'Verify SMS Factor',
        path: { factorId: '{{smsFactorId}}' },
        body: { passCode },
        ...needsCode,
      },
      {
        title: 'Verify TOTP Factor',
        path: { factorId: '{{totpFactorId}}' },
        body: { passCode: '{{totpCode}}' },
      },
      {
        title: 'Send Push Challenge',
        path: { factorId: '{{pushFactorId}}' },
        saves: { transactionId: '_links.poll.href/' },
        ...needsPhone,
      },
      {
        title: 'Verify Token Factor',
        path: { factorId: '{{totpFactorId}}' },
        body: { passCode },
        ...needsCode,
      },
    ],
  }),

  pollVerification: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/users/{userId}/factors/{factorId}/transactions/{transactionId}',
    summary: 'Ask how a push verification stands',
    success: { status: 200, answer: FactorResult },
    errors: ['E0000007'],
    examples: [
      {
        title: 'Poll Push Verification',
        path: { factorId: '{{pushFactorId}}' },
        refusals: { E0000007: 'no push was sent' },
      },
    ],
  }),

  pollVerificationPackPath: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/users/{userId}/factors/{factorId}/transactions/{transactionId}/verify',
    summary: "Ask how a push verification stands, at the address of Okta's packs",
    success: { status: 200, answer: FactorResult },
    errors: ['E0000007'],
    examples: [
      {
        title: 'Verify Push Factor',
        path: { factorId: '{{pushFactorId}}' },
        refusals: { E0000007: 'no push was sent' },
      },
    ],
  }),

  cancelVerification: defineOperation({
    ...common,
    method: 'DELETE',
    path: '/api/v1/users/{userId}/factors/{factorId}/transactions/{transactionId}',
    summary: 'Cancel a push verification',
    success: { status: 204 },
    errors: ['E0000007'],
    examples: [
      {
        title: 'Cancel Push Verification',
        path: { factorId: '{{pushFactorId}}' },
        refusals: { E0000007: 'no push was sent' },
      },
    ],
  }),

  listYubikeyTokens: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/org/factors/yubikey_token/tokens',
    summary: 'List the YubiKey tokens of the org',
    query: z.object({
      ...cursorQuery,
      expand: z.string().optional(),
      filter: z.string().optional(),
      forDownload: Flag.optional(),
      sortBy: z.string().optional(),
      sortOrder: z.string().optional(),
    }),
    paging: { defaultLimit: 20, maxLimit: 200 },
    success: { status: 200, answer: z.array(YubikeyToken) },
    errors: ['E0000029', 'E0000031'],
    examples: [{ title: 'List YubiKey OTP Tokens' }],
  }),

  getYubikeyToken: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/org/factors/yubikey_token/tokens/{tokenId}',
    summary: 'Read a YubiKey token of the org',
    success: { status: 200, answer: YubikeyToken },
    errors: ['E0000007'],
    examples: [{ title: 'Get YubiKey OTP Token', path: { tokenId: '{{yubikeyTokenId}}' } }],
  }),

  uploadYubikeySeed: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/v1/org/factors/yubikey_token/tokens',
    summary: 'Upload the seed of a YubiKey',
    body: z.object({
      serialNumber: z.string(),
      publicId: z.string(),
      privateId: z.string(),
      aesKey: z.string(),
    }),
    success: { status: 200, answer: YubikeyToken },
    errors: ['E0000001', 'E0000003'],
    examples: [
      {
        title: 'Upload YubiKey OTP Seed',
        body: {
          serialNumber: '{{$randomInt}}',
          publicId: 'cccccccccccb',
          privateId: '00112233aabb',
          aesKey: '00112233445566778899aabbccddeeff',
        },
        saves: { yubikeyTokenId: 'id' },
      },
    ],
  }),
};
