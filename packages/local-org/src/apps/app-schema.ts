import type { Context } from '../handling.ts';
import { entryOf } from './get-app.ts';
import type { Attribute } from '../profile-schema.ts';
import type { AppRecord, Json, Profile, UserRecord } from '../store/records.ts';

const attribute = (title: string, more: Attribute = {}): Attribute => ({
  title,
  type: 'string',
  scope: 'NONE',
  ...more,
  master: { type: 'PROFILE_MASTER' },
});

const userName = attribute('Username', { required: true, maxLength: 100 });

type Mapping = readonly [name: string, title: string, from?: (user: UserRecord) => Json | undefined];

const own =
  (name: string) =>
  ({ profile }: UserRecord): Json | undefined =>
    profile[name];
const fullName = ({ profile }: UserRecord): string =>
  String(
    profile.displayName ?? `${String(profile.firstName ?? '')} ${String(profile.lastName ?? '')}`.trim(),
  );

/** What an OpenID Connect app knows of its users, and what of the Okta profile it comes from (recorded answers). */
const openIdConnect: readonly Mapping[] = [
  ['street_address', 'Street address', own('streetAddress')],
  ['country', 'Country', own('countryCode')],
  ['website', 'Website'],
  ['zoneinfo', 'Timezone', ({ profile }) => profile.timezone ?? 'America/Los_Angeles'],
  ['birthdate', 'Birthdate'],
  ['gender', 'Gender'],
  ['formatted', 'Formatted address', own('postalAddress')],
  ['profile', 'Profile page', own('profileUrl')],
  ['locality', 'City', own('city')],
  ['given_name', 'Given name', own('firstName')],
  ['middle_name', 'Middle name', own('middleName')],
  ['locale', 'Locale', ({ profile }) => profile.locale ?? 'en_US'],
  ['picture', 'Picture'],
  ['name', 'Full name', fullName],
  ['nickname', 'Nickname', own('nickName')],
  ['phone_number', 'Phone number', own('primaryPhone')],
  ['region', 'Region', own('state')],
  ['postal_code', 'Postal code', own('zipCode')],
  ['family_name', 'Family name', own('lastName')],
  ['email', 'Email', own('email')],
];

/** An app that is provisioned gets the names, the addresses and the phone. Okta: not documented in full. */
const provisioned: readonly Mapping[] = [
  ['firstName', 'First name', own('firstName')],
  ['lastName', 'Last name', own('lastName')],
  ['email', 'Primary email', own('email')],
  ['secondEmail', 'Secondary email', own('secondEmail')],
  ['mobilePhone', 'Mobile phone', own('mobilePhone')],
  ['displayName', 'Display name', own('displayName')],
];

function mappingOf(app: Pick<AppRecord, 'name' | 'isCustom' | 'signOnMode'>): readonly Mapping[] {
  if (app.signOnMode === 'OPENID_CONNECT') return openIdConnect;
  return entryOf(app)?.canProvision ? provisioned : [];
}

/** Stores the schema of the users of a new app (schemas#app-user-profile-base-subschema). */
export function putAppSchema({ store, now }: Context, app: AppRecord): void {
  store.schemas.put({
    id: app.id,
    title: `${app.label} User`,
    created: now,
    lastUpdated: now,
    base: {
      userName,
      ...Object.fromEntries(mappingOf(app).map(([name, title]) => [name, attribute(title)])),
    },
    custom: {},
  });
}

/** What an app knows of a user before anybody says more. */
export function toDefaultProfile(app: AppRecord, user: UserRecord): Profile {
  return Object.fromEntries(mappingOf(app).map(([name, , from]) => [name, from?.(user) ?? null]));
}
