import { readdirSync, readFileSync } from 'node:fs';
import { readSettings } from '../../../shared/settings/settings.ts';
import { GENERATED } from '../../../tools/generated-docs.ts';
import { describedSettings, settingsIn } from '../../../tools/settings-schema.ts';

test.each([...GENERATED])('%s is what `npm run docs` makes', (file, make) => {
  // Only whether: a difference of whole files would hide the command that mends it.
  const isCurrent = readFileSync(file, 'utf8') === make();
  expect({ file, isCurrent, mendedBy: 'npm run docs' }).toEqual({
    file,
    isCurrent: true,
    mendedBy: 'npm run docs',
  });
});

const settings = Object.entries(describedSettings().properties ?? {}).flatMap(([name, group]) =>
  settingsIn(group, name),
);

test.each(settings.map(setting => [setting.path, setting] as const))(
  '%s says what it is and why',
  (_, setting) => {
    const sentence = expect.stringMatching(/^[A-Z0-9`].+\.$/s);
    expect(setting.schema.description).toEqual(sentence);
    // What must be given has no default to give a reason for.
    if (!setting.isRequired) expect(setting.schema.reason).toEqual(sentence);
  },
);

const examplesOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/```json\n(.*?)```/gs)]
    .map(([, json = '']) => JSON.parse(json))
    // The other examples in JSON are policies of IAM, records of articles, and the names of resources for an import.
    .filter(
      example =>
        !('Effect' in example || 'Statement' in example || 'guid' in example || isResourceMapping(example)),
    );

const isResourceMapping = (example: object) =>
  Object.values(example).some(names => typeof names === 'object' && names !== null && 'TableName' in names);

const PAGES = ['README.md', ...readdirSync('docs').map(name => `docs/${name}`)].filter(name =>
  name.endsWith('.md'),
);

test.each(PAGES)('the examples of settings in %s are good settings', file => {
  for (const example of examplesOf(file))
    expect(readSettings(example)).toMatchObject({ site: expect.anything() });
});

test.each(['docs/operating.md', 'docs/settings.md'])('%s has examples of settings', file => {
  expect(examplesOf(file).length).toBeGreaterThan(0);
});

test('the stage of the example takes the address of alarms away', () => {
  const [example] = examplesOf('docs/settings.md');
  expect(readSettings(example).alarms.email).toBe('desk@example.org');
  expect(readSettings(example, 'test').alarms.email).toBeUndefined();
});

test('each setting has its row in docs/settings.md, and each row its setting', () => {
  const page = readFileSync('docs/settings.md', 'utf8');
  const rows = [...page.matchAll(/^\| `([\w.]+)` \|/gm)].map(([, path]) => path);
  expect(rows).toEqual(settings.map(({ path }) => path));
});
