import type { Checkout } from './checkout.ts';
import type { Account } from './deployment.ts';
import type { Steps } from './steps.ts';

/** What the steps of a chapter need. */
export interface ChapterOptions {
  steps: Steps;
  checkout: Checkout;
  account: Account;
  /** The folder of the project. */
  root: string;
}

/** A part of the story that can be run without the others: its steps on the stack and the stories of the first chapter. */
export type Chapter = (options: ChapterOptions) => Promise<void>;
