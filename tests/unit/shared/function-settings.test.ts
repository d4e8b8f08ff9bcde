import { settingsFromEnvironment } from '../../../functions/environment.ts';
import { DEFAULT_FUNCTION_SETTINGS } from '../../../shared/settings/function-defaults.ts';
import {
  DEFAULT_SETTINGS,
  functionSettings,
  ingestSettings,
  readSettings,
} from '../../../shared/settings/settings.ts';
import { ENV } from '../../../shared/stack/environment.ts';

const passed = (settings: unknown) => settingsFromEnvironment({ [ENV.settings]: JSON.stringify(settings) });

test('the defaults that functions carry are those of the settings', () =>
  expect(DEFAULT_FUNCTION_SETTINGS).toEqual(functionSettings(DEFAULT_SETTINGS)));

test('a function reads what infra passes on', () => {
  const settings = functionSettings(
    readSettings({ site: { title: 'The Bugle', copyright: '(c)' }, feeds: { tags: false, entries: 7 } }),
  );
  expect(passed(settings)).toEqual(settings);
});

test('ingest reads the mailbox, and nothing else of the deployment', () => {
  const mail = { address: 'desk@example.org', senders: ['jane@example.org'] };
  const settings = readSettings({ deployment: { mail, logDays: 7 } });
  expect(passed(ingestSettings(settings)).deployment).toEqual({ mail: settings.deployment.mail });
  expect(passed(functionSettings(settings)).deployment).toBeUndefined();
});

// While a deployment goes on, new code meets the variables of the version before, which knew fewer settings.
test('a setting, or a group, that the version before did not know is as by default', () => {
  const { duplicates: _, ...older } = functionSettings(readSettings({ feeds: { authors: false } }));
  const { tags: __, ...feeds } = older.feeds;
  expect(passed({ ...older, feeds })).toEqual(functionSettings(readSettings({ feeds: { authors: false } })));
});
