import * as z from 'zod/mini';
import type { StateOf } from './state.ts';

/** How far the daily check has come in the lists that it reads in slices. Without a position it starts at the beginning. */
export const CheckState = z.strictObject({
  /** Key of the last edition that was checked. */
  edition: z.optional(z.string()),
  /** Number of the next sitemap. Its history documents and its pages of days are checked with it. */
  sitemap: z.optional(z.number()),
  /** The next live articles of the index: their month, and the position in it. */
  live: z.optional(
    z.strictObject({ month: z.string(), from: z.optional(z.record(z.string(), z.unknown())) }),
  ),
  /** Instant up to which changed media are checked. */
  media: z.optional(z.string()),
});
export type CheckState = z.infer<typeof CheckState>;

export const CHECK: StateOf<CheckState> = { key: 'check.json', schema: CheckState, initial: {} };
