import { isObject } from '../../shared/text/is-object.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Stored } from '../deployment/find.ts';
import { versionsOf, versionTable } from '../deployment/versions.ts';
import { colours } from '../output/colours.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { say } from '../output/say.ts';
import { facts } from '../output/tables.ts';

/** Maximum number of characters of an attribute that are shown. `--json` has all of them. */
const MAX_SHOWN_CHARS = 200;

/**
 * Shows a broken record: what is wrong with it, its attributes as they are stored, and the versions of its file.
 * @returns exit code 1
 */
export async function showBroken(
  { id, item, broken }: Extract<Stored, { item: unknown }>,
  { clients, outputs }: Pick<Deployment, 'clients' | 'outputs'>,
  { json }: { json?: boolean },
): Promise<number> {
  const source = isObject(item.source) ? item.source : {};
  const key = source.memberOf ?? source.key;
  const versions = typeof key === 'string' ? await versionsOf(clients.s3, outputs.intakeBucket, key) : [];
  if (json) {
    say(JSON.stringify({ id, broken: broken.message, item, versions }));
    return EXIT.someFailed;
  }
  const attributes = Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = [
    colours.red(printable(broken.message)),
    facts(attributes.map(([name, value]) => [printable(name), shown(value)])),
    ...versionTable(versions, source.versionId),
  ];
  say(lines.join('\n'));
  return EXIT.someFailed;
}

function shown(value: unknown): string {
  const letters = Array.from(printable(JSON.stringify(value) ?? String(value)));
  return letters.length > MAX_SHOWN_CHARS
    ? `${letters.slice(0, MAX_SHOWN_CHARS - 1).join('')}…`
    : letters.join('');
}
