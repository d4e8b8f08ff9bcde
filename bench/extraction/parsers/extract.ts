import type { Extracted } from '../extracted.ts';
import type { Page } from '../sets/page-set.ts';

export type Extract = (page: Page) => Extracted | undefined | Promise<Extracted | undefined>;
