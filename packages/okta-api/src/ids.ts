/** The first characters of Okta's ids, by what they name. Source: the reference pages' samples and the SDKs' recordings. */
export const idPrefixes = {
  user: '00u',
  group: '00g',
  app: '0oa',
  groupRule: '0pr',
  apiToken: '00T',
  org: '00o',
  userType: 'oty',
  schema: 'osc',
  appUser: '0ua',
  session: '102',
  tokenSession: 'trs',
  sessionToken: '20111',
  token: '00',
  appLink: 'aln',
  questionFactor: 'ufs',
  smsFactor: 'sms',
  pendingPhoneFactor: 'mbl',
  callFactor: 'clf',
  emailFactor: 'emf',
  oktaTotpFactor: 'ost',
  googleTotpFactor: 'uft',
  pushFactor: 'opf',
  rsaFactor: 'rsa',
  symantecFactor: 'ufv',
  yubikeyFactor: 'ykf',
  yubikeyToken: 'ykk',
  duoFactor: 'dsf',
  u2fFactor: 'fuf',
  webauthnFactor: 'fwf',
  customHotpFactor: 'chf',
  providerFactor: 'sml',
  hotpProfile: 'fpr',
  pushTransaction: 'v2mst.',
  userRoleAssignment: 'ra1',
  groupRoleAssignment: 'gra',
  customRole: 'cr0',
  resourceSet: 'iam',
  resource: 'ire',
  bindingMember: 'irb',
  groupPushMapping: 'gPm',
  grant: 'oag',
  refreshToken: 'oar',
  clientSecret: 'ocs',
  clientKey: 'pks',
  samlEntity: 'exk',
  policy: 'rst',
  device: 'guo',
  error: 'oae',
  event: 'tev',
  eventRequest: 'req',
  /** Okta: not documented; jobs of the org itself need an actor. */
  systemPrincipal: 'spr',
  /** The outbox is the local org's own: Okta has no such object. */
  message: 'msg',
} as const;

export type IdKind = keyof typeof idPrefixes;

const lengths: Partial<Record<IdKind, number>> = {
  session: 25,
  tokenSession: 25,
  token: 42,
  error: 25,
};

const DEFAULT_LENGTH = 20;

/** How many characters an id has, its prefix included: 20 unless Okta writes longer ones. */
export function idLength(kind: IdKind): number {
  return lengths[kind] ?? DEFAULT_LENGTH;
}
