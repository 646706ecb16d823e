import { invalid } from './okta-error.ts';
import type { Json, Profile, SchemaRecord } from './store/records.ts';

/** One attribute of a profile in Okta's own words: type, title, minLength, enum, … */
export type Attribute = Readonly<Record<string, Json>>;

type Action = 'READ_WRITE' | 'READ_ONLY' | 'HIDE';

const base = (title: string, action: Action, more: Attribute = {}): Attribute => ({
  title,
  type: 'string',
  ...more,
  mutability: 'READ_WRITE',
  scope: 'NONE',
  permissions: [{ principal: 'SELF', action }],
  master: { type: 'PROFILE_MASTER' },
});

/** The base attributes of a user in Okta's order (schemas#user-profile-base-subschema, recorded bodies). */
export const userBase: Readonly<Record<string, Attribute>> = {
  login: base('Username', 'READ_ONLY', { required: true, minLength: 5, maxLength: 100 }),
  firstName: base('First name', 'READ_WRITE', { required: true, minLength: 1, maxLength: 50 }),
  lastName: base('Last name', 'READ_WRITE', { required: true, minLength: 1, maxLength: 50 }),
  middleName: base('Middle name', 'READ_ONLY'),
  honorificPrefix: base('Honorific prefix', 'READ_ONLY'),
  honorificSuffix: base('Honorific suffix', 'READ_ONLY'),
  email: base('Primary email', 'READ_WRITE', { required: true, format: 'email' }),
  title: base('Title', 'READ_ONLY'),
  displayName: base('Display name', 'READ_ONLY'),
  nickName: base('Nickname', 'READ_ONLY'),
  profileUrl: base('Profile Url', 'READ_ONLY', { format: 'uri' }),
  secondEmail: base('Secondary email', 'READ_WRITE', { format: 'email' }),
  mobilePhone: base('Mobile phone', 'READ_WRITE', { maxLength: 100 }),
  primaryPhone: base('Primary phone', 'HIDE', { maxLength: 100 }),
  streetAddress: base('Street address', 'HIDE'),
  city: base('City', 'HIDE'),
  state: base('State', 'HIDE'),
  zipCode: base('Zip code', 'HIDE'),
  countryCode: base('Country code', 'HIDE', { format: 'country-code' }),
  postalAddress: base('Postal Address', 'HIDE'),
  preferredLanguage: base('Preferred language', 'READ_ONLY', { format: 'language-code' }),
  locale: base('Locale', 'READ_ONLY', { format: 'locale' }),
  timezone: base('Time zone', 'READ_ONLY', { format: 'timezone' }),
  userType: base('User type', 'READ_ONLY'),
  employeeNumber: base('Employee number', 'READ_ONLY'),
  costCenter: base('Cost center', 'READ_ONLY'),
  organization: base('Organization', 'READ_ONLY'),
  division: base('Division', 'READ_ONLY'),
  department: base('Department', 'READ_ONLY'),
  managerId: base('ManagerId', 'READ_ONLY'),
  manager: base('Manager', 'READ_ONLY'),
};

/** The base attributes of a group as they are served. */
export const groupBase: Readonly<Record<string, Attribute>> = {
  name: base('Name', 'READ_WRITE', { description: 'Name', required: true, maxLength: 255 }),
  description: base('Description', 'READ_WRITE', { description: 'Description', maxLength: 1024 }),
};

/** The attribute of this name, custom or base. */
export function findAttribute(schema: SchemaRecord, name: string): Attribute | undefined {
  return own(schema.base, name) ?? own(schema.custom, name);
}

function own(attributes: Readonly<Record<string, Attribute>>, name: string): Attribute | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

/**
 * Refuses a profile that the schema does not allow: E0000001 naming `about` for unknown names, the attribute itself
 * for bad values. The words of the causes for bad values are not documented, apart from the blank field.
 */
export function checkProfile(schema: SchemaRecord, profile: Profile, about: string): void {
  const unknown = Object.keys(profile).filter((name) => !findAttribute(schema, name));
  if (unknown.length > 0)
    throw invalid(about, ...unknown.map((name) => `Property name '${name}' is not defined in profile`));
  for (const [name, attribute] of [...Object.entries(schema.base), ...Object.entries(schema.custom)]) {
    const value = profile[name];
    if (value === undefined || value === null || value === '') {
      if (attribute.required === true) throw invalid(name, `${name}: The field cannot be left blank`);
      continue;
    }
    const reason = findFault(attribute, value);
    if (reason !== undefined) throw invalid(name, `${name}: ${reason}`);
  }
}

function findFault(attribute: Attribute, value: Json): string | undefined {
  if (!hasType(attribute, value)) return `The value does not match the type ${String(attribute.type)}`;
  const choices = attribute.enum;
  if (Array.isArray(choices) && !choices.includes(value)) return 'The value is not one of the allowed values';
  if (typeof value === 'string') return findTextFault(attribute, value);
  if (typeof value === 'number') {
    if (isAbove(attribute.minimum, value)) return `The value must be at least ${String(attribute.minimum)}`;
    if (isBelow(attribute.maximum, value)) return `The value must be at most ${String(attribute.maximum)}`;
  }
  return undefined;
}

function findTextFault(attribute: Attribute, value: string): string | undefined {
  if (isAbove(attribute.minLength, value.length) || isBelow(attribute.maxLength, value.length))
    return `The field must have between ${String(attribute.minLength ?? 0)} and ${String(attribute.maxLength ?? 'any number of')} characters`;
  if (attribute.format === 'email' && !isEmail(value)) return 'Does not match required pattern';
  return undefined;
}

export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text);
}

function isAbove(limit: Json | undefined, value: number): boolean {
  return typeof limit === 'number' && limit > value;
}

function isBelow(limit: Json | undefined, value: number): boolean {
  return typeof limit === 'number' && limit < value;
}

function hasType(attribute: Attribute, value: Json): boolean {
  switch (attribute.type) {
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number';
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    default:
      return true;
  }
}
