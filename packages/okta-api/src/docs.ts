const REFERENCE = 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/';

/** The page of Okta's reference that tells about a group of operations. */
export function docsOf(tag: string): string {
  return `${REFERENCE}${tag}/`;
}

/** The page about the primary authentication API, which is not part of the management reference. */
export const authenticationDocs = 'https://developer.okta.com/docs/reference/api/authn/';
