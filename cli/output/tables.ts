import Table from 'cli-table3';
import { colours } from './colours.ts';

/** No lines around cells: a table that can be read, copied and cut up by other programs. */
const PLAIN = {
  chars: Object.fromEntries(
    [
      'top',
      'top-mid',
      'top-left',
      'top-right',
      'bottom',
      'bottom-mid',
      'bottom-left',
      'bottom-right',
      'left',
      'left-mid',
      'mid',
      'mid-mid',
      'right',
      'right-mid',
    ].map(name => [name, '']),
  ),
  style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
};

/** Rows under their headings, each column as wide as it needs. Cells may bear colours. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const made = new Table({
    ...PLAIN,
    chars: { ...PLAIN.chars, middle: '  ' },
    head: headings.map(heading => colours.dim(heading)),
  });
  made.push(...rows.map(row => [...row]));
  // The last column is as wide as its widest cell: the spaces behind it are of no use to anybody.
  return made
    .toString()
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n');
}

/** How long ago an instant was, in the largest unit that says enough: `45s`, `12m`, `5h`, `3d`; empty for none. */
export function ageOf(instant: string | undefined, now: number): string {
  if (!instant) return '';
  const seconds = Math.max(0, Math.round((now - Date.parse(instant)) / 1_000));
  if (seconds < 90) return `${seconds}s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes}m`;
  const hours = Math.round(minutes / 60);
  return hours < 36 ? `${hours}h` : `${Math.round(hours / 24)}d`;
}

const COLOURS = new Map<string, (text: string) => string>([
  ['live', colours.green],
  ['scheduled', colours.cyan],
  ['held', colours.cyan],
  ['duplicate', colours.yellow],
  ['withdrawn', colours.yellow],
  ['rejected', colours.red],
  ['deleted', colours.magenta],
]);

/** The name of a status, in its colour. */
export function statusWord(status: string): string {
  return (COLOURS.get(status) ?? colours.dim)(status);
}

/** Names and values below each other; those without a value are left out. */
export function facts(rows: readonly (readonly [string, string | undefined])[]): string {
  const given = rows.filter(([, value]) => value);
  const width = Math.max(...given.map(([name]) => name.length)) + 2;
  return given
    .map(([name, value = '']) => {
      const indent = `\n${' '.repeat(width)}`;
      return `${colours.dim(name.padEnd(width))}${value.replaceAll('\n', indent)}`;
    })
    .join('\n');
}
