import { deskScript, searchScript } from './browser-scripts.ts';
import { errorsPage } from './errors-page.ts';
import { settingsPage } from './settings-page.ts';
import { settingsSchema } from './settings-schema.ts';

/** Functions that make the generated files, by the path of the file from the top folder. */
export const GENERATED: ReadonlyMap<string, () => string> = new Map([
  ['copydesk.schema.json', settingsSchema],
  ['docs/errors.md', errorsPage],
  ['docs/settings.md', settingsPage],
  ['functions/publish/assets/search-script.ts', searchScript],
  ['cli/desk/desk-script.ts', deskScript],
]);
