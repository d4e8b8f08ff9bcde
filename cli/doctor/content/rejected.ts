import { rejectedSince } from '../../deployment/rejected.ts';
import { type Check, type Examined, ok, warn } from '../machine/check.ts';

const DAY_MS = 86_400_000;
const MAX_COUNTED_REJECTED = 100;

/** Counts the files that were rejected within a day. */
export async function rejected({ articles, now }: Examined): Promise<Check> {
  const since = new Date(now - DAY_MS).toISOString();
  const found = await rejectedSince(articles, since, MAX_COUNTED_REJECTED, now);
  return found.length === 0
    ? ok('rejected', 'nothing within a day')
    : warn('rejected', `${found.length} within a day`, '"npx copydesk failures" says why.');
}
