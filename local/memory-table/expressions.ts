import type { Item } from '../../shared/table/keys.ts';
import { TABLE_INDEXES, TABLE_KEY } from '../../shared/table/keys.ts';
import { refused } from './faults.ts';

/** The placeholders of a request, with what they stand for. */
export interface Placeholders {
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Item | undefined;
}

/** One comparison of an attribute. `name` and `values` are still placeholders. */
export type Test =
  | { kind: 'exists' | 'absent'; name: string; values: readonly string[] }
  | {
      kind: '=' | '<>' | '<' | '<=' | '>' | '>=' | 'begins' | 'between';
      name: string;
      values: readonly string[];
    };

/** A condition: one of the lists of tests holds as a whole. */
export type Condition = readonly (readonly Test[])[];

/** One action of an update. */
export type Action =
  | { kind: 'set' | 'set-if-absent' | 'add'; name: string; value: string }
  | { kind: 'remove'; name: string };

/** Names that need no placeholder. DynamoDB reserves many other words, so all other names need one. */
const KEY_NAMES = new Set<string>(
  [TABLE_KEY, ...Object.values(TABLE_INDEXES)].flatMap(({ partition, sort }) => [partition, sort]),
);

const TOKENS = /\s*(<>|<=|>=|[=<>(),]|[#:]?\w+)/gy;

/** Parsed expressions. The project uses a few dozen. */
const PARSED = new Map<string, Condition | readonly Action[]>();

/** Parses a condition. @throws Error for parts of DynamoDB's language that the project does not use */
export function parseCondition(text: string): Condition {
  return remembered(`condition ${text}`, () => new Parser(text).condition());
}

/** Parses an update expression. @throws as {@link parseCondition} */
export function parseUpdate(text: string): readonly Action[] {
  return remembered(`update ${text}`, () => new Parser(text).update());
}

/** Parses a list of attributes. */
export function parseProjection(text: string): readonly string[] {
  return text.split(',').map(name => name.trim());
}

function remembered<T extends Condition | readonly Action[]>(key: string, parse: () => T): T {
  const known = PARSED.get(key) as T | undefined;
  if (known !== undefined) return known;
  const parsed = parse();
  PARSED.set(key, parsed);
  return parsed;
}

/** Replaces the placeholders of one request, and notes which ones were used. */
export class Names {
  readonly #names: Record<string, string>;
  readonly #values: Item;
  readonly #used = new Set<string>();

  constructor({ ExpressionAttributeNames = {}, ExpressionAttributeValues = {} }: Placeholders) {
    this.#names = ExpressionAttributeNames;
    this.#values = ExpressionAttributeValues;
  }

  /** @throws ValidationException for a placeholder that stands for nothing */
  name(token: string): string {
    if (!token.startsWith('#')) {
      if (KEY_NAMES.has(token)) return token;
      throw new Error(`The table in memory takes the name ${token} only by a placeholder.`);
    }
    const name = this.#names[token];
    if (name === undefined) throw refused(`The name ${token} is not defined.`);
    this.#used.add(token);
    return name;
  }

  value(token: string): unknown {
    const value = this.#values[token];
    if (value === undefined) throw refused(`The value ${token} is not defined.`);
    this.#used.add(token);
    return value;
  }

  /** @throws ValidationException if the request has placeholders that no expression uses */
  mustAllBeUsed(): void {
    if (Object.keys(this.#names).length + Object.keys(this.#values).length === this.#used.size) return;
    throw refused('Some names or values are not used in the expressions.');
  }
}

class Parser {
  readonly #text: string;
  readonly #tokens: string[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    let end = 0;
    for (const match of text.matchAll(TOKENS)) {
      this.#tokens.push(match[1] ?? '');
      end = match.index + match[0].length;
    }
    if (text.slice(end).trim() !== '') throw this.#unknown();
  }

  condition(): Condition {
    const alternatives: Test[][] = [];
    do {
      const tests: Test[] = [];
      do tests.push(this.#test());
      while (this.#takes('AND'));
      alternatives.push(tests);
    } while (this.#takes('OR'));
    if (this.#at < this.#tokens.length) throw this.#unknown();
    return alternatives;
  }

  update(): Action[] {
    const actions: Action[] = [];
    while (this.#at < this.#tokens.length) {
      const clause = this.#next();
      do actions.push(this.#action(clause));
      while (this.#takes(','));
    }
    return actions;
  }

  #test(): Test {
    const first = this.#next();
    if (this.#takes('(')) {
      const name = this.#attribute();
      const values = this.#takes(',') ? [this.#value()] : [];
      this.#mustTake(')');
      if (first === 'attribute_exists' && values.length === 0) return { kind: 'exists', name, values };
      if (first === 'attribute_not_exists' && values.length === 0) return { kind: 'absent', name, values };
      if (first === 'begins_with' && values.length === 1) return { kind: 'begins', name, values };
      throw this.#unknown();
    }
    this.#at--;
    const name = this.#attribute();
    const operator = this.#next();
    if (operator === 'BETWEEN') {
      const from = this.#value();
      this.#mustTake('AND');
      return { kind: 'between', name, values: [from, this.#value()] };
    }
    if (!isComparison(operator)) throw this.#unknown();
    return { kind: operator, name, values: [this.#value()] };
  }

  #action(clause: string): Action {
    const name = this.#attribute();
    if (clause === 'REMOVE') return { kind: 'remove', name };
    if (clause === 'ADD') return { kind: 'add', name, value: this.#value() };
    if (clause !== 'SET') throw this.#unknown();
    this.#mustTake('=');
    if (!this.#takes('if_not_exists')) return { kind: 'set', name, value: this.#value() };
    this.#mustTake('(');
    // Another attribute than the one that is set would need its value before the update.
    if (this.#attribute() !== name) throw this.#unknown();
    this.#mustTake(',');
    const value = this.#value();
    this.#mustTake(')');
    return { kind: 'set-if-absent', name, value };
  }

  #attribute(): string {
    const token = this.#next();
    if (!/^#?\w/.test(token)) throw this.#unknown();
    return token;
  }

  #value(): string {
    const token = this.#next();
    if (!token.startsWith(':')) throw this.#unknown();
    return token;
  }

  #next(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw this.#unknown();
    return token;
  }

  #takes(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #mustTake(token: string): void {
    if (!this.#takes(token)) throw this.#unknown();
  }

  #unknown(): Error {
    return new Error(`The table in memory does not understand the expression “${this.#text}”.`);
  }
}

function isComparison(token: string): token is '=' | '<>' | '<' | '<=' | '>' | '>=' {
  return ['=', '<>', '<', '<=', '>', '>='].includes(token);
}
