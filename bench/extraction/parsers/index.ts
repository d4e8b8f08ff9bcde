import type { Extract } from './extract.ts';

/** Every parser that runs in Node, by name, loaded on demand: none may pay for another's memory. */
export const PARSERS: ReadonlyMap<string, () => Promise<Extract>> = new Map([
  ['copydesk', async () => (await import('./copydesk.ts')).load()],
  ['readability+jsdom', async () => (await import('./readability.ts')).loadWithJsdom()],
  ['readability+linkedom', async () => (await import('./readability.ts')).loadWithLinkedom()],
  ['defuddle+linkedom', async () => (await import('./defuddle.ts')).load()],
]);
