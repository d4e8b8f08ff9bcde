import * as z from 'zod/mini';
import type { StateOf } from './state.ts';

/** The addresses at which the redirects of the settings are or were written, in order. */
const Redirects = z.object({ paths: z.array(z.string()) });

/** Redirects that the settings no longer have are removed from the site by this state. */
export const REDIRECTS: StateOf<z.infer<typeof Redirects>> = {
  key: 'redirects.json',
  schema: Redirects,
  initial: { paths: [] },
};
