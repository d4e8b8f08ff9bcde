import type { Item } from '../../shared/table/keys.ts';
import { compareUtf8 } from '../s3/store/key-order.ts';
import type { Action, Condition, Names, Test } from './expressions.ts';
import { refused } from './faults.ts';
import { isSame } from './values.ts';

/** Tells whether a condition holds for an item. Undefined means that there is no item. */
export function holds(condition: Condition, item: Item | undefined, names: Names): boolean {
  // Each test is made, also if the result is certain: all placeholders of the condition count as used.
  return condition.map(tests => tests.map(test => testHolds(test, item, names)).every(Boolean)).some(Boolean);
}

/** Tells whether one comparison holds for an item. */
export function testHolds(test: Test, item: Item | undefined, names: Names): boolean {
  const name = names.name(test.name);
  const actual = item?.[name];
  const [first, second] = test.values.map(value => names.value(value));
  switch (test.kind) {
    case 'exists':
      return actual !== undefined;
    case 'absent':
      return actual === undefined;
    case '=':
      return actual !== undefined && isSame(actual, first);
    case '<>':
      return !isSame(actual, first);
    case 'begins':
      return typeof actual === 'string' && typeof first === 'string' && actual.startsWith(first);
    case 'between':
      return compares(actual, first, order => order >= 0) && compares(actual, second, order => order <= 0);
    case '<':
      return compares(actual, first, order => order < 0);
    case '<=':
      return compares(actual, first, order => order <= 0);
    case '>':
      return compares(actual, first, order => order > 0);
    case '>=':
      return compares(actual, first, order => order >= 0);
  }
}

/** Values of different types have no order, and neither has an attribute that does not exist. */
function compares(a: unknown, b: unknown, isRight: (order: number) => boolean): boolean {
  if (typeof a === 'string' && typeof b === 'string') return isRight(compareUtf8(a, b));
  return typeof a === 'number' && typeof b === 'number' && isRight(a - b);
}

/**
 * Makes the item after an update. The item before it stays as it is.
 * @returns the item, and the names of the attributes that the update names
 */
export function updated(
  actions: readonly Action[],
  before: Item,
  names: Names,
): { item: Item; changed: readonly string[] } {
  const item = { ...before };
  const changed = actions.map(({ name }) => names.name(name));
  if (new Set(changed).size < changed.length)
    throw refused('Two actions of an update have the same attribute.');
  for (const [at, action] of actions.entries()) {
    const name = changed[at] ?? '';
    if (action.kind === 'remove') {
      delete item[name];
      continue;
    }
    const value = names.value(action.value);
    if (action.kind === 'add') item[name] = sum(item[name], value);
    else if (action.kind === 'set' || item[name] === undefined) item[name] = value;
  }
  return { item, changed };
}

function sum(present: unknown, value: unknown): number {
  if (typeof value !== 'number' || (present !== undefined && typeof present !== 'number'))
    throw refused('ADD needs numbers.');
  const result = (present ?? 0) + value;
  // DynamoDB counts in decimals of 38 digits. JavaScript does so for whole numbers only.
  if (!Number.isSafeInteger(result)) throw new Error('The table in memory adds whole numbers only.');
  return result;
}
