import type { Comparison, Filter, Operator } from './filter.ts';

/** What one list can be asked by: attributes with the operators that each takes. */
export interface FilterList {
  readonly attributes: Readonly<Record<string, readonly Operator[]>>;
  /** Attributes that begin so are taken as well: custom ones have no fixed names. */
  readonly openPrefixes?: readonly string[];
  /** Operators of the open attributes. */
  readonly openOperators?: readonly Operator[];
  readonly allowsNot?: boolean;
  /** One comparison without and, or. */
  readonly single?: boolean;
}

const eq = ['eq'] as const;
const dates = ['eq', 'gt', 'ge', 'lt', 'le'] as const;
const searching = ['eq', 'ge', 'gt', 'le', 'lt', 'pr', 'sw'] as const;
const every = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'pr', 'sw', 'co', 'ew'] as const;
const noContains = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'pr', 'sw', 'ew'] as const;

/** Sources: users#list-users-with-a-filter, users#list-users-with-search, groups#filters, apps#filters, events#filters, system-log#expression-filter. */
export const filterLists = {
  userFilter: {
    attributes: {
      status: eq,
      lastUpdated: dates,
      id: eq,
      'profile.login': eq,
      'profile.email': eq,
      'profile.firstName': eq,
      'profile.lastName': eq,
    },
  },
  userSearch: {
    attributes: {
      id: searching,
      status: searching,
      created: searching,
      activated: searching,
      statusChanged: searching,
      lastUpdated: searching,
      'type.id': searching,
    },
    openPrefixes: ['profile.'],
    openOperators: searching,
  },
  groupFilter: {
    attributes: { id: eq, type: eq, lastUpdated: dates, lastMembershipUpdated: dates },
  },
  groupSearch: {
    attributes: {
      id: searching,
      type: searching,
      created: searching,
      lastUpdated: searching,
      lastMembershipUpdated: searching,
      'source.id': searching,
    },
    openPrefixes: ['profile.'],
    openOperators: searching,
  },
  appFilter: {
    attributes: {
      status: eq,
      name: eq,
      'user.id': eq,
      'group.id': eq,
      'credentials.signing.kid': eq,
    },
    single: true,
  },
  eventFilter: {
    attributes: {
      'action.objectType': eq,
      'target.objectType': eq,
      'target.id': eq,
      published: ['lt', 'eq', 'gt'],
    },
  },
  logFilter: {
    attributes: {
      eventType: every,
      uuid: every,
      version: every,
      severity: every,
      legacyEventType: every,
      displayMessage: every,
      'debugContext.debugData.url': noContains,
      'debugContext.debugData.requestUri': noContains,
    },
    openPrefixes: [
      'actor.',
      'client.',
      'device.',
      'authenticationContext.',
      'outcome.',
      'securityContext.',
      'debugContext.',
      'transaction.',
      'request.',
      'target.',
    ],
    openOperators: every,
    allowsNot: true,
  },
  yubikeyTokenFilter: {
    attributes: {
      'profile.email': eq,
      'profile.serial': eq,
      activated: dates,
      'user.id': eq,
      created: dates,
      status: eq,
      lastVerified: dates,
    },
  },
} as const satisfies Record<string, FilterList>;

export type FilterListName = keyof typeof filterLists;

export interface FilterObjection {
  readonly kind: 'attribute' | 'operator' | 'not' | 'compound';
  readonly attribute?: string;
  readonly operator?: Operator;
}

/** The first part of a filter that a list does not take; undefined when it takes all of it. */
export function findObjection(list: FilterListName, filter: Filter): FilterObjection | undefined {
  const rules: FilterList = filterLists[list];
  switch (filter.kind) {
    case 'comparison':
      return objectionToComparison(rules, filter);
    case 'not':
      return rules.allowsNot ? findObjection(list, filter.operand) : { kind: 'not' };
    case 'and':
    case 'or':
      if (rules.single) return { kind: 'compound' };
      for (const operand of filter.operands) {
        const objection = findObjection(list, operand);
        if (objection) return objection;
      }
      return undefined;
  }
}

function objectionToComparison(
  rules: FilterList,
  { attribute, operator }: Comparison,
): FilterObjection | undefined {
  const known = Object.hasOwn(rules.attributes, attribute) ? rules.attributes[attribute] : undefined;
  const open = rules.openPrefixes?.some((prefix) => attribute.startsWith(prefix)) ?? false;
  const taken = known ?? (open ? rules.openOperators : undefined);
  if (!taken) return { kind: 'attribute', attribute };
  return taken.includes(operator) ? undefined : { kind: 'operator', attribute, operator };
}
