import { writeFileSync } from 'node:fs';
import { GENERATED } from './generated-docs.ts';

for (const [file, make] of GENERATED) {
  writeFileSync(new URL(`../${file}`, import.meta.url), make());
  process.stdout.write(`Wrote ${file}.\n`);
}
