import { errorsPage } from './errors-page.ts';
import { settingsPage } from './settings-page.ts';
import { settingsSchema } from './settings-schema.ts';

/** Files that are made of the code, by their path from the top, and how. */
export const GENERATED: ReadonlyMap<string, () => string> = new Map([
  ['copydesk.schema.json', settingsSchema],
  ['docs/errors.md', errorsPage],
  ['docs/settings.md', settingsPage],
]);
