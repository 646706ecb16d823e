import { parseFilter, type Comparison, type Filter } from '@castellan/okta-api';
import { OktaError } from './okta-error.ts';

/** The values of one attribute of an item; several where the attribute is a list. */
export type Attributes<Item> = (item: Item, attribute: string) => readonly unknown[];

export interface FilterRules {
  /** Which operators an attribute takes; `undefined` refuses the attribute. */
  readonly operatorsOf: (attribute: string) => readonly string[] | undefined;
  /** `search` ignores case in values, `filter` does not. */
  readonly ignoreCase: boolean;
  /** `not (…)` counts; System Log only. */
  readonly allowsNot?: boolean;
}

type Test = (read: (attribute: string) => readonly unknown[]) => boolean;

/**
 * Turns Okta's filter text into a test of items.
 * Throws E0000031 for text that is no filter and for attributes or operators that the list does not take.
 */
export function compileFilter<Item>(
  text: string,
  rules: FilterRules,
  attributes: Attributes<Item>,
): (item: Item) => boolean {
  const read = parseFilter(text);
  if (!read.ok) throw refused();
  const test = toTest(read.filter, rules);
  return (item) => test((attribute) => attributes(item, attribute));
}

function toTest(filter: Filter, rules: FilterRules): Test {
  if (filter.kind === 'comparison') return toComparison(filter, rules);
  if (filter.kind === 'not') {
    if (!rules.allowsNot) throw refused();
    const inner = toTest(filter.operand, rules);
    return (read) => !inner(read);
  }
  const operands = filter.operands.map((operand) => toTest(operand, rules));
  return filter.kind === 'and'
    ? (read) => operands.every((test) => test(read))
    : (read) => operands.some((test) => test(read));
}

function toComparison({ attribute, operator, value }: Comparison, rules: FilterRules): Test {
  if (!rules.operatorsOf(attribute)?.includes(operator)) throw refused();
  if (operator === 'pr') return (read) => read(attribute).some((one) => one !== null && one !== undefined);
  const matches = compare(operator, value, rules.ignoreCase);
  return (read) => read(attribute).some(matches);
}

function compare(operator: string, wanted: unknown, ignoreCase: boolean): (actual: unknown) => boolean {
  const fold = (value: unknown): unknown =>
    ignoreCase && typeof value === 'string' ? value.toLowerCase() : value;
  const right = fold(wanted);
  return (actual) => {
    const left = fold(actual);
    if (left === null || left === undefined) return false;
    if (operator === 'eq') return left === right;
    if (operator === 'ne') return left !== right;
    if (operator === 'sw') return String(left).startsWith(String(right));
    if (operator === 'ew') return String(left).endsWith(String(right));
    if (operator === 'co') return String(left).includes(String(right));
    const order = toOrder(left, right);
    if (order === undefined) return false;
    if (operator === 'gt') return order > 0;
    if (operator === 'ge') return order >= 0;
    if (operator === 'lt') return order < 0;
    return order <= 0;
  };
}

/** Moments compare as moments, whatever their offset; other text by its characters. */
function toOrder(left: unknown, right: unknown): number | undefined {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left !== 'string' || typeof right !== 'string') return undefined;
  if (/^\d{4}-\d\d-\d\dt/i.test(left)) {
    const moments = [Date.parse(left), Date.parse(right)] as const;
    return Number.isNaN(moments[1]) ? undefined : moments[0] - moments[1];
  }
  return left < right ? -1 : Number(left > right);
}

function refused(): OktaError {
  return new OktaError('E0000031', { causes: ['The filter or search text is not valid.'] });
}
