import { damageOf } from '../../deployment/damage.ts';
import { type Check, type Examined, fail, ok } from '../machine/check.ts';

/** Number of articles of each kind whose records are checked: as many as a rebuild covers. */
const CHECKED_RECORDS = 1_000;

const MAX_LISTED_RECORDS = 5;

/** Checks that the records of the newest and of the waiting articles can be read, and that their bodies are there. */
export async function records(deployment: Examined): Promise<Check[]> {
  const about = 'records';
  const { checked, found } = await damageOf(deployment, CHECKED_RECORDS);
  if (found.length === 0) return [ok(about, `${checked} looked at, and none is broken`)];
  return found
    .slice(0, MAX_LISTED_RECORDS)
    .map(({ message, subject }) =>
      fail(
        about,
        message,
        `1 of ${found.length}. "npx copydesk show ${subject}" shows the record and its file.`,
      ),
    );
}
