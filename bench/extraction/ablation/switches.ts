import path from 'node:path';

/** A rule of the page reader that can be switched off, or a limit that can be moved. */
export interface Switch {
  kind: 'limit' | 'list' | 'kind' | 'function' | 'condition';
  /** Name in the report, such as `join.ts MAX_ANCESTORS x0.7`. */
  name: string;
}

/** What limits are multiplied with. */
const FACTORS = [0.7, 1.4];

/** Files that do not change the text of a story. The weights are learned as a whole. */
const NOT_SWITCHED = new Set(['explain.ts', 'page-prose.ts', 'related.ts', 'line-weights.ts']);

/**
 * Puts switches into a source file: into its limits, lists, kinds of boxes, functions and conditions. It reads formatted
 * sources, so a new rule is found without being listed anywhere.
 * @param add takes a switch, and returns the expression that is true if it is off
 */
export function withSwitches(file: string, source: string, add: (change: Switch) => string): string {
  const base = path.basename(file);
  if (NOT_SWITCHED.has(base)) return source;
  const off = (kind: Switch['kind'], name: string) => add({ kind, name: `${base} ${name}` });
  const lines = source.split('\n');
  for (const [at, line] of lines.entries()) {
    const [, limit, limitName, written] = /^((?:export )?const ([A-Z\d_]+) = )([\d_.]+);$/.exec(line) ?? [];
    const [, list, listName] = /^((?:export )?const ([A-Z\d_]+)(?:: .*?)? =)(?: .*)?$/.exec(line) ?? [];
    const [, kind, kindName, words] = /^( {2}([a-z]+): )([`'].*)$/.exec(line) ?? [];
    const [, functionName] = /^(?:export )?function (\w+)/.exec(line) ?? [];
    const [, condition, jump] = /^( +if \(.*\)) ((?:return\b.*|continue|break);)$/.exec(line) ?? [];
    if (limit && limitName && written) {
      const value = Number(written.replaceAll('_', ''));
      const moved = FACTORS.map(
        factor =>
          `${off('limit', `${limitName} x${factor}`)} ? ${Number((value * factor).toPrecision(3))} : `,
      );
      lines[at] = `${limit}${moved.join('')}${value};`;
    } else if (list && listName) {
      const end = endOf(lines, at);
      const statement = lines.slice(at, end + 1).join('\n');
      const value = statement.slice(list.length, -1).trim();
      const empty = emptied(statement, value);
      if (!empty) continue;
      lines.fill('', at, end + 1);
      lines[at] = `${list} ${off('list', listName)} ? ${empty} : ${value};`;
    } else if (kind && kindName && base === 'classes.ts') {
      lines[at] = `${kind}${off('kind', kindName)} ? '' : ${words}`;
    } else if (functionName) {
      const end = lines.findIndex((each, index) => index >= at && each.endsWith(' {'));
      const neutral = neutralOf(lines.slice(at, end + 1).join(' '));
      if (neutral) lines[end] += ` if (${off('function', `${functionName}()`)}) ${neutral}`;
    } else if (condition) {
      // What is off is asked last, so that a condition that is never true on a page is not counted as used there.
      lines[at] = `${condition} if (!(${off('condition', `${at + 1} ${condition.trim()}`)})) ${jump}`;
    }
  }
  return lines.join('\n');
}

/** The last line of a statement: in formatted code the first with little indentation that ends with a semicolon. */
function endOf(lines: readonly string[], from: number): number {
  if (lines[from]?.endsWith(';')) return from;
  return lines.findIndex((line, index) => index > from && /^(?: {2})?\S.*;$/.test(line));
}

/** An expression of the same type as the list, but empty; undefined if the constant is no list. */
function emptied(statement: string, start: string): string | undefined {
  if (/ReadonlyMap<|= new Map[(<]/.test(statement)) return 'new Map()';
  if (/ReadonlySet<|= (?:new Set[(<]|\w+Set\()/.test(statement)) return 'new Set()';
  if (/^phrases\(|^\[/.test(start) && !statement.includes('byName')) return '[]';
  return start.startsWith('/') ? '/(?!)/' : undefined;
}

/** A first statement that makes a function do nothing; undefined if it must have a result. */
function neutralOf(head: string): string | undefined {
  if (/\): void \{$/.test(head)) return 'return;';
  if (/\): boolean \{$/.test(head)) return 'return false;';
  if (/\| undefined \{$/.test(head)) return 'return undefined;';
  if (/\bstory: readonly PageBox\[\].*\): PageBox\[\] \{$/.test(head)) return 'return [...story];';
  return undefined;
}
