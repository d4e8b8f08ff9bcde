import { head } from '../extract/characters.ts';

/** Longest statement in the sentence, in characters: the rest of the sentence is what an editor needs. */
const MAX_STATEMENT_CHARS = 300;

/**
 * The sentence that says why a story is held, and how it is released.
 * @param statement one sentence that quotes what the source says
 */
export function holdFor(statement: string): string {
  return `${head(statement, MAX_STATEMENT_CHARS)} The story is held until it is filed again without that or with “embargo: none”, or released with “npx copydesk release”.`;
}
