/** What the query parameters of Okta's APIs do, by their names. */
const meanings: Readonly<Record<string, string>> = {
  activate: 'true activates at once, false leaves it for later',
  after: 'Where the page begins; Okta gives it in the Link header',
  expand: 'Members to answer in full instead of as a link',
  fields: 'Members to answer, by their names',
  filter: 'An expression over indexed attributes, such as status eq "ACTIVE"',
  limit: 'How many a page holds at most',
  nextLogin: 'changePassword makes the person choose a new one',
  oauthTokens: 'true revokes OpenID Connect and OAuth tokens too',
  provider: 'true when the credentials belong to another provider',
  q: 'Finds what begins with this text',
  removeUsers: 'true also takes away what the rule gave',
  search: 'An expression over any attribute of the profile, such as profile.department eq "Sales"',
  sendEmail: 'false answers with the link instead of mailing it',
  since: 'The first moment that counts, in ISO 8601',
  sortBy: 'Attribute to sort by; only together with search',
  sortOrder: 'asc or desc',
  startDate: 'The first moment that counts, in ISO 8601',
  strict: 'true checks password history and age as well',
  templateId: 'The text message to send, by its id',
  tempPassword: 'true answers with a temporary password',
  tokenLifetimeSeconds: 'Seconds until the token expires',
  type: 'Kinds to answer, by their names',
  until: 'The last moment that counts, in ISO 8601',
  updatePhone: 'true replaces the number that is already there',
  validatePassword: 'true checks the old password even where Okta would not',
};

const ofApi: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  logs: {
    fields: 'Members to answer, by their names',
    filter: 'An expression over an event’s attributes, such as eventType eq "user.session.start"',
    q: 'Words that an event must hold; every word counts',
    sortOrder: 'ASCENDING or DESCENDING, by the moment of the event',
  },
  groups: { q: 'Finds groups whose name begins with this text', type: 'OKTA_GROUP, APP_GROUP or BUILT_IN' },
  users: { q: 'Finds people whose first name, last name or mail begins with this text' },
};

/**
 * What a query parameter does, in one line.
 * @returns `undefined` for a parameter whose name nobody has described
 */
export function describeParameter(api: string, name: string): string | undefined {
  return ofApi[api]?.[name] ?? meanings[name];
}
