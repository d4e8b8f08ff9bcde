import type { Command } from 'commander';
import { progress, table } from '../table.ts';
import { countUnits, type Units } from './count-units.ts';

/** Equal files in one group. */
const SIZES = [10, 100, 1_000, 5_000];

export function addDuplicates(program: Command): void {
  program
    .command('duplicates')
    .description('units of the table that equal files cost, as their group grows')
    .argument('[sizes...]', 'equal files in one group', (size: string, before: number[] = []) => [
      ...before,
      Number(size),
    ])
    .action(async (given: number[]) => {
      const sizes = given.length > 0 ? given : SIZES;
      const rows = [];
      for (const size of sizes) {
        progress(`${size} equal files`);
        const { files, each, last, promotion, kill, restore } = await countUnits(size);
        rows.push([String(files), ...[each, last, promotion, kill, restore].map(told)]);
      }
      const heads = ['equal files', 'each', 'the last', 'a promotion', 'a kill', 'its end'];
      process.stdout.write(`Write units / read units of the table\n\n${table(heads, rows)}`);
    });
}

function told({ writes, reads }: Units): string {
  return `${Math.round(writes * 100) / 100} / ${Math.round(reads * 100) / 100}`;
}
