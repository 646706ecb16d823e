/** One of Okta's errors: what a client is told and with which status. */
export interface ErrorDefinition {
  /** HTTP status; the pair never varies. */
  readonly status: number;
  /** Okta's words, `{0}` filled in at run time. */
  readonly summary: string;
}

/** Okta's errors as data. Source: error-codes, release 2026.08.1, those that these APIs answer. */
export const errors = {
  E0000001: { status: 400, summary: 'Api validation failed: {0}' },
  E0000002: { status: 400, summary: 'The request was not valid: {0}' },
  E0000003: { status: 400, summary: 'The request body was not well-formed.' },
  E0000004: { status: 401, summary: 'Authentication failed' },
  E0000005: { status: 403, summary: 'Invalid session' },
  E0000006: { status: 403, summary: 'You do not have permission to perform the requested action' },
  E0000007: { status: 404, summary: 'Not found: {0}' },
  E0000008: { status: 404, summary: 'The requested path was not found' },
  E0000009: { status: 500, summary: 'Internal Server Error' },
  E0000010: { status: 503, summary: 'Service is in read only mode' },
  E0000011: { status: 401, summary: 'Invalid token provided' },
  E0000012: { status: 404, summary: 'Unsupported media type' },
  E0000013: { status: 403, summary: 'Invalid client app id' },
  E0000014: { status: 403, summary: 'Update of credentials failed' },
  E0000015: { status: 401, summary: 'You do not have permission to access the feature you are requesting' },
  E0000016: { status: 403, summary: 'Activation failed because the user is already active' },
  E0000017: { status: 403, summary: 'Password reset failed' },
  E0000018: { status: 400, summary: 'Bad request.  Accept and/or Content-Type headers are likely not set.' },
  E0000019: {
    status: 400,
    summary: 'Bad request.  Accept and/or Content-Type headers likely do not match supported values.',
  },
  E0000020: { status: 400, summary: 'Bad request.' },
  E0000021: {
    status: 400,
    summary: 'Bad request.  Accept and/or Content-Type headers likely do not match supported values.',
  },
  E0000022: { status: 405, summary: 'The endpoint does not support the provided HTTP method' },
  E0000023: {
    status: 403,
    summary: 'Operation failed because user profile is mastered under another system',
  },
  E0000024: { status: 400, summary: 'Bad request.  This operation on app metadata is not yet supported.' },
  E0000025: { status: 400, summary: 'App version assignment failed.' },
  E0000026: { status: 404, summary: 'This endpoint has been deprecated.' },
  E0000027: { status: 400, summary: 'Group push bad request : {0}' },
  E0000028: { status: 400, summary: 'The request is missing a required parameter.' },
  E0000029: { status: 400, summary: 'Invalid paging request.' },
  E0000030: {
    status: 400,
    summary:
      "Bad request. Invalid date. Dates must be of the form yyyy-MM-dd'T'HH:mm:ss.SSSZZ, e.g. 2013-01-01T12:00:00.000-07:00.",
  },
  E0000031: { status: 400, summary: 'Invalid search criteria.' },
  E0000032: { status: 403, summary: 'Unlock is not allowed for this user.' },
  E0000033: {
    status: 400,
    summary: "Bad request. Can't specify a search query and filter in the same request.",
  },
  E0000034: { status: 403, summary: 'Forgot password not allowed on specified user.' },
  E0000035: { status: 403, summary: 'Change password not allowed on specified user.' },
  E0000036: { status: 403, summary: 'Change recovery question not allowed on specified user.' },
  E0000037: { status: 400, summary: 'Type mismatch exception.  {0}' },
  E0000038: { status: 403, summary: "This operation is not allowed in the user's current status." },
  E0000039: { status: 403, summary: 'Operation on application settings failed.' },
  E0000040: {
    status: 400,
    summary: 'Application label must not be the same as an existing application label.',
  },
  E0000041: { status: 400, summary: 'Credentials should not be set on this resource based on the scheme.' },
  E0000042: { status: 403, summary: 'Setting the error page redirect URL failed.' },
  E0000043: { status: 403, summary: 'Self service application assignment is not enabled.' },
  E0000044: { status: 403, summary: 'Self service application assignment is not supported.' },
  E0000045: { status: 400, summary: 'Field mapping bad request.' },
  E0000046: { status: 403, summary: 'Deactivate application for user forbidden.' },
  E0000047: { status: 429, summary: 'API call exceeded rate limit due to too many requests.' },
  E0000048: { status: 404, summary: 'Entity not found exception.' },
  E0000049: { status: 500, summary: 'Invalid SCIM data from SCIM implementation.' },
  E0000050: { status: 400, summary: 'Invalid SCIM data from client.' },
  E0000051: { status: 500, summary: 'No response from SCIM implementation.' },
  E0000052: { status: 501, summary: 'Endpoint not implemented.' },
  E0000053: { status: 400, summary: 'Invalid SCIM filter.' },
  E0000054: { status: 400, summary: 'Invalid pagination properties.' },
  E0000055: { status: 409, summary: 'Duplicate group.' },
  E0000056: { status: 403, summary: 'Delete application forbidden.' },
  E0000057: { status: 403, summary: 'Access to this application is denied due to a policy.' },
  E0000058: { status: 403, summary: 'Access to this application requires MFA: {0}' },
  E0000059: {
    status: 400,
    summary:
      'The connector configuration could not be tested. Make sure that the URL, Authentication Parameters are correct and that there is an implementation available at the URL provided.',
  },
  E0000060: { status: 501, summary: 'Unsupported operation.' },
  E0000061: { status: 403, summary: 'Tab error: {0}' },
  E0000062: { status: 409, summary: 'The specified user is already assigned to the application.' },
  E0000063: { status: 400, summary: 'Invalid combination of parameters specified.' },
  E0000064: { status: 401, summary: 'Password is expired and must be changed.' },
  E0000065: { status: 500, summary: 'Internal error processing app metadata.' },
  E0000066: { status: 400, summary: 'APNS is not configured, contact your admin' },
  E0000067: { status: 504, summary: 'Factors Service Error.' },
  E0000068: { status: 403, summary: 'Invalid Passcode/Answer' },
  E0000069: { status: 403, summary: 'User Locked' },
  E0000070: { status: 202, summary: 'Waiting for ACK' },
  E0000071: { status: 400, summary: 'Unsupported OS Version: {0}' },
  E0000072: { status: 403, summary: 'MIM policy settings have disallowed enrollment for this user' },
  E0000073: { status: 403, summary: 'User rejected authentication' },
  E0000074: { status: 400, summary: 'Factor Service Error' },
  E0000075: {
    status: 403,
    summary: 'Cannot modify the {0} attribute because it has a field mapping and profile push is enabled.',
  },
  E0000076: { status: 405, summary: 'Cannot modify the app user because it is mastered by an external app.' },
  E0000077: { status: 403, summary: 'Cannot modify the {0} attribute because it is read-only.' },
  E0000078: { status: 403, summary: 'Cannot modify the {0} attribute because it is immutable.' },
  E0000079: { status: 403, summary: 'This operation is not allowed in the current authentication state.' },
  E0000080: {
    status: 403,
    summary: 'The password does not meet the complexity requirements of the current password policy.',
  },
  E0000081: {
    status: 403,
    summary: 'Cannot modify the {0} attribute because it is a reserved attribute for this application.',
  },
  E0000082: {
    status: 403,
    summary: 'Each code can only be used once. Please wait for a new code and try again.',
  },
  E0000083: { status: 403, summary: 'PassCode is valid but exceeded time window.' },
  E0000084: { status: 403, summary: 'App evaluation error.' },
  E0000085: { status: 403, summary: 'You do not have permission to access your account at this time.' },
  E0000086: { status: 403, summary: 'This policy cannot be activated at this time.' },
  E0000087: { status: 403, summary: 'The recovery question answer did not match our records.' },
  E0000090: { status: 409, summary: 'The role specified is already assigned to the user.' },
  E0000091: { status: 400, summary: 'The provided role type was not the same as required role type.' },
  E0000092: { status: 403, summary: 'Access to this application requires re-authentication: {0}' },
  E0000093: { status: 400, summary: 'Target count limit exceeded' },
  E0000094: { status: 400, summary: 'The provided filter is unsupported.' },
  E0000095: { status: 403, summary: 'Recovery not allowed for unknown user.' },
  E0000096: { status: 409, summary: 'This certificate has already been uploaded with kid={0}.' },
  E0000097: { status: 403, summary: 'There is no verified phone number on file.' },
  E0000098: { status: 400, summary: 'This phone number is invalid.' },
  E0000099: {
    status: 403,
    summary:
      'Only numbers located in US and Canada are allowed.  Contact your administrator if this is a problem.',
  },
  E0000100: { status: 503, summary: 'Unable to perform search query.' },
  E0000102: {
    status: 403,
    summary:
      'YubiKey cannot be deleted while assigned to an user. Please deactivate YubiKey using reset MFA and try again',
  },
  E0000103: { status: 403, summary: 'Action on device already in queue or in progress' },
  E0000105: {
    status: 403,
    summary: 'You have accessed an account recovery link that has expired or been previously used.',
  },
  E0000107: { status: 403, summary: 'The entity is not in the expected state for the requested transition.' },
  E0000109: {
    status: 429,
    summary: 'An SMS message was recently sent. Please wait 30 seconds before trying again.',
  },
  E0000110: {
    status: 403,
    summary: 'You have accessed a link that has expired or has been previously used.',
  },
  E0000111: { status: 403, summary: 'Cannot modify the {0} object because it is read-only.' },
  E0000112: {
    status: 409,
    summary:
      'Cannot update this user because they are still being activated. Please try again in a few minutes.',
  },
  E0000117: { status: 403, summary: 'Cannot assign apps or update app profiles for an inactive user.' },
  E0000118: {
    status: 429,
    summary: 'An email was recently sent. Please wait 5 seconds before trying again.',
  },
  E0000119: { status: 403, summary: 'Your account is locked. Please contact your administrator.' },
  E0000122: { status: 406, summary: "Accept Header did not contain supported media type 'application/json'" },
  E0000123: {
    status: 400,
    summary: 'Array specified in enum field must match const values specified in oneOf field.',
  },
  E0000124: {
    status: 400,
    summary:
      'Could not create user. To create a user and expire their password immediately, a password must be specified',
  },
  E0000125: {
    status: 400,
    summary:
      'Could not create user. To create a user and expire their password immediately, "activate" must be true',
  },
  E0000126: { status: 400, summary: 'Self service is not supported with the current settings.' },
  E0000127: { status: 409, summary: 'Invalid linked objection definition. {0}' },
  E0000133: {
    status: 429,
    summary: 'A phone call was recently made. Please wait 30 seconds before trying again.',
  },
  E0000142: { status: 403, summary: 'This User Type cannot be deleted.' },
  E0000143: { status: 403, summary: 'App instance operation not allowed.' },
  E0000145: {
    status: 409,
    summary:
      'Some users returned by the search cannot be parsed because the user schema has been changed to be inconsistent with their stale profile data.',
  },
  E0000146: {
    status: 429,
    summary:
      'Your organization has reached the limit of sms requests that can be sent within a 24 hour period.',
  },
  E0000147: {
    status: 429,
    summary:
      'Your organization has reached the limit of call requests that can be sent within a 24 hour period.',
  },
  E0000149: { status: 406, summary: 'The HTTP request is not acceptable.' },
  E0000150: { status: 403, summary: 'You have reached the limit of sms requests, please try again later.' },
  E0000151: { status: 403, summary: 'You have reached the limit of call requests, please try again later.' },
  E0000155: { status: 423, summary: 'User is not currently active.' },
  E0000192: { status: 400, summary: 'Roles cannot be granted to groups with group membership rules. {0}' },
  E0000193: { status: 400, summary: 'Roles can only be granted to groups with 5000 or less users. {0}' },
  E0000194: {
    status: 400,
    summary: 'Roles can only be granted to Okta groups, AD groups and LDAP groups. {0}',
  },
  E0000195: { status: 409, summary: 'Api validation failed due to conflict: {0}' },
  E0000204: { status: 429, summary: 'You have reached the limit of sms requests, please try again later.' },
  E0000205: { status: 429, summary: 'You have reached the limit of call requests, please try again later.' },
  E0000211: { status: 400, summary: 'Roles cannot be granted to built-in groups: {0}' },
  E0000227: { status: 400, summary: 'Roles can only be granted to service application type' },
  E0000231: { status: 412, summary: "ETag value doesn't match." },
  E0000239: { status: 423, summary: 'Policy priorities are being reconciled. Please try again later.' },
  E0000242: { status: 400, summary: 'ETag syntax is invalid.' },
  E0000249: { status: 409, summary: 'Group rules are still being set up.  Please try again later.' },
  E0000253: { status: 409, summary: 'The User type is still being initialized. Please try again later.' },
  E0000259: {
    status: 403,
    summary:
      'Login not allowed at this time. Reset your password or contact your administrator for further assistance.',
  },
  E0000261: { status: 500, summary: 'The value entered for linked object {0} is invalid for this user.' },
  E0000263: { status: 409, summary: 'Attempted to assign a duplicate standard role assignment to an admin' },
  E0000268: {
    status: 409,
    summary: 'Another request is making changes to the role assignments. Please try again.',
  },
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof errors;

/** Okta's words for a code with `{0}` filled in. */
export function errorSummary(code: ErrorCode, detail = ''): string {
  return errors[code].summary.replace('{0}', () => detail);
}
