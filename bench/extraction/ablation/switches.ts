import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A change of one source file that switches a rule off or moves a limit. */
export interface Switch {
  kind: 'limit' | 'list' | 'kind' | 'function' | 'condition' | 'step';
  /** Name in the report, such as `join.ts MAX_ANCESTORS x0.7`. */
  name: string;
  file: string;
  source: string;
}

/** What limits are multiplied with. */
const FACTORS = [0.7, 1.4];

/** Files of the page reader that do not change the text of a story. */
const REPORTS = new Set(['explain.ts', 'page-prose.ts', 'related.ts']);

/** Word lists that the page reader uses. */
const WORDS = ['html-classes.ts', 'html-phrases.ts', 'related-labels.ts'];

/**
 * Finds what can be switched off in the page reader: its limits, lists, kinds of boxes, functions, conditions and the
 * steps over lines. It reads the formatted sources, so a new rule is found without being listed anywhere.
 */
export function findSwitches(ingest: string): Switch[] {
  const page = path.join(ingest, 'page');
  const files = [
    ...readdirSync(page, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts') && !REPORTS.has(path.basename(name)))
      .map(name => path.join(page, name)),
    ...WORDS.map(name => path.join(ingest, 'words', name)),
  ];
  return files.flatMap(file => switchesOf(file, readFileSync(file, 'utf8')));
}

function switchesOf(file: string, source: string): Switch[] {
  const base = path.basename(file);
  const lines = source.split('\n');
  const found: Switch[] = [];
  const add = (kind: Switch['kind'], name: string, from: number, to: number, text: string) =>
    found.push({
      kind,
      name: `${base} ${name}`,
      file,
      source: [...lines.slice(0, from), ...(text === '' ? [] : [text]), ...lines.slice(to + 1)].join('\n'),
    });
  for (const [at, line] of lines.entries()) {
    const limit = /^((?:export )?const ([A-Z\d_]+) = )([\d_.]+);$/.exec(line);
    if (limit?.[2]) {
      for (const factor of FACTORS) {
        const value = Number(limit[3]?.replaceAll('_', '')) * factor;
        add('limit', `${limit[2]} x${factor}`, at, at, `${limit[1]}${Number(value.toPrecision(3))};`);
      }
      continue;
    }
    const list = /^((?:export )?const ([A-Z\d_]+)(?:: .*?)? = )(.*)$/.exec(line);
    if (list?.[2]) {
      const end = endOf(lines, at);
      const empty = emptied(lines.slice(at, end + 1).join('\n'), list[3] ?? '');
      if (empty) add('list', list[2], at, end, `${list[1]}${empty};`);
    }
    const kind = /^ {2}(?:([a-z]+): [`'])/.exec(line);
    if (kind?.[1] && base === 'html-classes.ts') {
      let end = at;
      while (!/[`'],$/.test(lines[end] ?? '')) end += 1;
      add('kind', kind[1], at, end, `  ${kind[1]}: '',`);
    }
    const step = /^ {2}steps\.(\w+),$/.exec(line);
    if (step?.[1]) add('step', step[1], at, at, '');
    const named = /^(?:export )?function (\w+)/.exec(line);
    if (named?.[1]) {
      let end = at;
      while (!/ \{$/.test(lines[end] ?? '')) end += 1;
      const neutral = neutralOf(lines.slice(at, end + 1).join(' '));
      if (neutral) add('function', `${named[1]}()`, end, end, `${lines[end]} ${neutral}`);
    }
    const condition = /^ +(?:else )?(if \(.*\)) (?:return\b.*|continue|break);/.exec(line);
    if (condition?.[1] && !/^ +else/.test(line)) add('condition', `${at + 1} ${condition[1]}`, at, at, ';');
  }
  return found;
}

/** The last line of a statement: in formatted code the first that is not indented and ends with a semicolon. */
function endOf(lines: readonly string[], from: number): number {
  if (lines[from]?.endsWith(';')) return from;
  let end = from + 1;
  while (end < lines.length && !/^\S.*;$/.test(lines[end] ?? '')) end += 1;
  return end;
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
