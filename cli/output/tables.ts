import Table from 'cli-table3';
import { colours } from './colours.ts';

const SIDES = ['top', 'bottom', 'left', 'mid', 'right'];
const CORNERS = ['top-left', 'top-right', 'bottom-left', 'bottom-right'];
const LINE_NAMES = [...SIDES, ...SIDES.map(side => `${side}-mid`), ...CORNERS];

/** A style without lines around cells, so that people can copy tables and programs can split them. */
const PLAIN = {
  chars: Object.fromEntries(LINE_NAMES.map(name => [name, ''])),
  style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
};

/** Makes a table of rows under their headings. Cells may have colours. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const made = new Table({
    ...PLAIN,
    chars: { ...PLAIN.chars, middle: '  ' },
    head: headings.map(heading => colours.dim(heading)),
  });
  made.push(...rows.map(row => [...row]));
  // The library pads the last column, so trailing spaces are removed.
  return made
    .toString()
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n');
}

/** Age of an instant, in one unit: `45s`, `12m`, `5h`, `3d`. Empty without an instant. */
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
  ['failed', colours.red],
  ['deleted', colours.magenta],
]);

export function statusWord(status: string, shown = status): string {
  return (COLOURS.get(status) ?? colours.dim)(shown);
}

/** Makes lines of names and values. Names without a value are omitted. */
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
