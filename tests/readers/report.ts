import { PAGE_KINDS } from './discovery.ts';
import { type Cells, CHANGE_COLUMNS, ENTRY_COLUMNS } from './history.ts';
import type { Reader } from './reader.ts';
import type { Installed, Subscriber } from './subscribers.ts';
import { type Difference, NOT_MEASURED } from './verdicts.ts';

/** A table in Markdown. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n')}\n`;
}

/** The tables of a history: a row for each reader. Formats of which the same holds share a cell. */
export function historyTables(cells: ReadonlyMap<Subscriber, Cells>, installed: Installed): string {
  const subscribing = installed.readers.filter(({ formats }) => formats.length > 0);
  const part = (title: string, columns: object) => {
    const names = Object.keys(columns) as (keyof typeof ENTRY_COLUMNS)[];
    const rows = subscribing.map(reader => [
      reader.name,
      ...names.map(name => ofFormats(reader, cells, found => found.get(name) ?? NOT_MEASURED)),
    ]);
    return `${title}\n\n${table(['reader', ...Object.values(columns)], [...rows, ...missingRows(installed, names.length)])}`;
  };
  return `${part('What an entry shows:', ENTRY_COLUMNS)}\n${part('After changes:', CHANGE_COLUMNS)}`;
}

function ofFormats<Value>(
  reader: Reader,
  cells: ReadonlyMap<Subscriber, Value>,
  say: (value: Value) => string,
): string {
  const said = [...cells].flatMap(([subscriber, value]) =>
    subscriber.reader === reader ? [{ format: subscriber.format, text: say(value) }] : [],
  );
  const texts = new Set(said.map(({ text }) => text));
  if (texts.size === 1) return said[0]?.text ?? '';
  return [...texts]
    .map(text => `${said.flatMap(it => (it.text === text ? it.format : [])).join(', ')}: ${text}`)
    .join('; ');
}

/** The feed that readers find first on a page. */
export function discoveryTable(found: ReadonlyMap<Reader, readonly string[]>, installed: Installed): string {
  const looking = [...found].filter(([reader]) => reader.discover !== undefined);
  const rows = looking.map(([reader, cells]) => [reader.name, ...cells]);
  const others = [...found.keys()].filter(reader => reader.discover === undefined).map(({ name }) => name);
  const none =
    others.length === 0
      ? ''
      : `\nThese look for no feeds on pages, so nothing is measured: ${others.join(', ')}.\n`;
  return `The first feed that a reader finds on a page, and how many it finds:\n\n${table(['reader', ...PAGE_KINDS], [...rows, ...missingRows(installed, PAGE_KINDS.length)])}${none}`;
}

const UPGRADE_COLUMNS: Record<keyof Difference, string> = {
  before: 'entries',
  again: 'shown again',
  unread: 'unread again',
  date: 'other date',
  first: 'never shown before',
  title: 'other title',
  author: 'other author',
  content: 'other text',
};

/** What readers show otherwise after an upgrade. */
export function upgradeTable(found: ReadonlyMap<Subscriber, Difference>, installed: Installed): string {
  const names = Object.keys(UPGRADE_COLUMNS) as (keyof Difference)[];
  const rows = [...found].map(([{ reader, format }, values]) => [
    `${reader.name}, ${format}`,
    ...names.map(name => String(values[name] ?? NOT_MEASURED)),
  ]);
  return table(
    ['reader', ...Object.values(UPGRADE_COLUMNS)],
    [...rows, ...missingRows(installed, names.length)],
  );
}

/** A line for each reader that is not installed, with the reason. */
function missingRows({ missing }: Installed, columns: number): string[][] {
  return missing.map(({ name, reason }) => [name, reason, ...Array(columns - 1).fill(NOT_MEASURED)]);
}
