import type { Item } from '../../shared/table/keys.ts';

/** Names and values that an expression of a request stands for. */
export interface Attributes {
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
}

/**
 * Whether a condition of DynamoDB holds for an item: comparisons, `attribute_exists` and `begins_with` joined by AND and
 * OR, which is all that we use.
 * @throws Error for any other expression, lest it be taken to hold
 */
export function holds(expression: string, item: Item | undefined, attributes: Attributes): boolean {
  const comparisons = expression.replace(/([#\w]+) BETWEEN (:\w+) AND (:\w+)/g, '$1 >= $2 AND $1 <= $3');
  return comparisons
    .split(/\s+OR\s+/)
    .some(terms => terms.split(/\s+AND\s+/).every(term => termHolds(term.trim(), item, attributes)));
}

function termHolds(term: string, item: Item | undefined, attributes: Attributes): boolean {
  const [, negated, present] = /^attribute_(not_)?exists\(([#\w]+)\)$/.exec(term) ?? [];
  if (present !== undefined)
    return (item?.[nameOf(present, attributes)] !== undefined) === (negated === undefined);
  const [, begun = '', prefix = ''] = /^begins_with\(([#\w]+), (:\w+)\)$/.exec(term) ?? [];
  if (begun !== '')
    return String(item?.[nameOf(begun, attributes)]).startsWith(
      String(attributes.ExpressionAttributeValues?.[prefix]),
    );
  const [, left = '', operator, right = ''] = /^([#\w]+)\s*(=|<>|<=|>=|<|>)\s*(:\w+)$/.exec(term) ?? [];
  const actual = item?.[nameOf(left, attributes)] as string | number | undefined;
  const value = attributes.ExpressionAttributeValues?.[right] as string | number;
  if (operator === '<>') return actual !== value;
  if (operator === '=') return actual === value;
  if (operator === '<=') return actual !== undefined && actual <= value;
  if (operator === '>=') return actual !== undefined && actual >= value;
  if (operator === '<') return actual !== undefined && actual < value;
  if (operator === '>') return actual !== undefined && actual > value;
  throw new Error(`The table in memory does not understand “${term}”.`);
}

/** The item after an update expression. @throws Error for an expression that we do not use */
export function updated(expression: string, item: Item, attributes: Attributes): Item {
  const next = { ...item };
  // Not between the arguments of a function.
  for (const [, clause = '', list = ''] of expression.matchAll(
    /\b(SET|REMOVE|ADD)\s+((?:(?!\b(?:SET|REMOVE|ADD)\s).)+)/g,
  ))
    for (const action of list.split(/,(?![^(]*\))/)) apply(clause, action.trim(), next, attributes);
  return next;
}

function apply(clause: string, action: string, item: Item, attributes: Attributes): void {
  if (clause === 'REMOVE') delete item[nameOf(action, attributes)];
  else if (clause === 'ADD') {
    const [name = '', value = ''] = action.split(/\s+/);
    item[nameOf(name, attributes)] =
      Number(item[nameOf(name, attributes)] ?? 0) + Number(operandValue(value, item, attributes));
  } else {
    const [name = '', value = ''] = action.split(/\s*=\s*/);
    item[nameOf(name, attributes)] = operandValue(value, item, attributes);
  }
}

function operandValue(operand: string, item: Item, attributes: Attributes): unknown {
  const [, name = '', otherwise = ''] = /^if_not_exists\(\s*([#\w]+)\s*,\s*(:\w+)\s*\)$/.exec(operand) ?? [];
  if (name) return item[nameOf(name, attributes)] ?? operandValue(otherwise, item, attributes);
  const values = attributes.ExpressionAttributeValues ?? {};
  if (!Object.hasOwn(values, operand))
    throw new Error(`The table in memory does not understand “${operand}”.`);
  return values[operand];
}

function nameOf(name: string, { ExpressionAttributeNames = {} }: Attributes): string {
  return ExpressionAttributeNames[name] ?? name;
}
