import type { Checkout } from './checkout.ts';
import type { Account } from './deployment.ts';
import type { Steps } from './steps.ts';

/** What the steps of the story need. */
export interface StoryOptions {
  steps: Steps;
  checkout: Checkout;
  account: Account;
}
