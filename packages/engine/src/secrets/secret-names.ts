const SECRET_NAME =
  /api[-_. ]?key|token|passw(or)?d|passphrase|secret|private[-_. ]?key|credential|authorization|bearer|^ssws$|^jwt$/i;

/**
 * Whether a value by this name is a secret unless a person says otherwise: `apikey` and `password` of Okta's
 * own environment file have no type that would say so.
 * @example isSecretName('apiKey') // true
 */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}
