import * as fc from 'fast-check';
import {
  DEFAULT_SETTINGS,
  functionSettings,
  readSettings,
  readSettingsJson,
} from '../../../shared/settings/settings.ts';

const refusal = (raw: unknown, stage?: string): string => {
  try {
    readSettings(raw, stage);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/abc';

test('every field is optional', () => {
  expect(readSettings({})).toEqual(DEFAULT_SETTINGS);
  expect(readSettings({ site: { title: 'The Courier' } }).site).toMatchObject({
    title: 'The Courier',
    language: 'en',
  });
});

test.each([
  [{ site: { titel: 'x' } }, 'site.titel', 'does not exist'],
  [{ sites: {} }, 'sites', 'does not exist'],
  [{ site: 'The Courier' }, 'site', 'must be an object'],
  [{ site: null }, 'site', 'must be an object'],
  [{ site: { title: '' } }, 'site.title', 'at least 1 character'],
  [{ site: { title: 5 } }, 'site.title', 'must be text'],
  [{ site: { language: 'x y' } }, 'site.language', 'language tag'],
  [{ site: { baseUrl: 'ftp://example.org' } }, 'site.baseUrl', 'http or https'],
  [{ feeds: { entries: 0 } }, 'feeds.entries', 'at least 1'],
  [{ feeds: { entries: 1_000 } }, 'feeds.entries', 'at most 200'],
  [{ feeds: { entries: 2.5 } }, 'feeds.entries', 'a whole number'],
  [{ feeds: { entries: 'many' } }, 'feeds.entries', 'a number'],
  [{ feeds: { tags: 'yes' } }, 'feeds.tags', 'true or false'],
  [{ articles: { timeZone: 'Mars/Olympus' } }, 'articles.timeZone', 'time zone'],
  [
    { articles: { namespace: 'The Courier' } },
    'articles.namespace',
    'lower-case letters, digits and hyphens',
  ],
  [{ articles: { namespace: 'a/b' } }, 'articles.namespace', 'lower-case letters, digits and hyphens'],
  [{ articles: { namespace: '' } }, 'articles.namespace', '1 to 63'],
  [{ articles: { namespace: 'x'.repeat(64) } }, 'articles.namespace', '1 to 63'],
  [{ duplicates: { near: 'maybe' } }, 'duplicates.near', '"note", "hide", "off"'],
  [{ deployment: { logDays: 31 } }, 'deployment.logDays', 'must be one of 1, 3, 5'],
  [{ deployment: { domain: {} } }, 'deployment.domain.name', 'must be'],
  [{ deployment: { domain: { name: 'example.org' } } }, 'deployment.domain.certificateArn', 'must be given'],
  [{ deployment: { tags: { a: 5 } } }, 'deployment.tags.a', 'must be text'],
  [
    { deployment: { cloudFront: false, domain: { name: 'example.org', certificateArn: CERTIFICATE } } },
    'deployment.domain',
    'needs deployment.cloudFront',
  ],
  [{ deployment: { data: 'destroy', terminationProtection: true } }, 'deployment.data', 'must be "keep"'],
  [{ alarms: { email: 'nobody' } }, 'alarms.email', 'an e-mail address'],
  [{ $schema: 5 }, '$schema', 'must be text'],
  [{ stages: [] }, 'stages', 'must be an object'],
  [{ stages: { 'a b': {} } }, 'stages.a b', '1 to 20 letters or digits'],
  [{ stages: { test: null } }, 'stages.test', 'must be an object'],
  [{ stages: { test: { sites: {} } } }, 'stages.test.sites', 'does not exist'],
  [{ stages: { test: { stages: {} } } }, 'stages.test.stages', 'does not exist'],
  [{ stages: { test: { feeds: { entries: 0 } } } }, 'stages.test.feeds.entries', 'at least 1'],
  [{ stages: { test: { feeds: 5 } } }, 'stages.test.feeds', 'must be an object'],
])('%j is refused in one sentence that names the field and what it may be', (raw, field, problem) => {
  const message = refusal(raw);
  expect(message).toContain(`"${field}"`);
  expect(message).toContain(problem);
  expect(message).toMatch(/^The setting[^\n]+[^.]\.$/);
});

describe('a podcast', () => {
  const show = { image: 'https://news.example.org/hour.png', category: 'News > Daily News' };
  const withShow = (changes: object) => ({
    feeds: { podcasts: { 'Harbour hour': { ...show, ...changes } } },
  });

  test('has a cover and a category, and defaults', () => {
    expect(readSettings(withShow({})).feeds.podcasts).toEqual({
      'Harbour hour': { ...show, explicit: false, type: 'episodic' },
    });
  });

  test.each([
    [{ image: undefined }, 'image', 'must be an https address'],
    [{ image: 'http://news.example.org/hour.png' }, 'image', 'must be an https address'],
    [{ image: 'https://news.example.org/hour.webp' }, 'image', 'must end in .jpg, .jpeg or .png'],
    [{ category: 'Daily News' }, 'category', 'must be a category of Apple Podcasts, such as "News"'],
    [{ category: 'Sports > Daily News' }, 'category', 'must be a category of Apple Podcasts'],
    [{ explicit: 'no' }, 'explicit', 'must be true or false'],
    [{ type: 'weekly' }, 'type', 'must be one of "episodic", "serial"'],
    [{ email: 'the desk' }, 'email', 'must be an e-mail address'],
    [{ guid: '7' }, 'guid', 'must be a UUID'],
    [{ owner: 'the desk' }, 'owner', 'does not exist'],
  ])('with %j is refused', (changes, field, problem) => {
    const message = refusal(withShow(changes));
    expect(message).toContain(`The setting "feeds.podcasts.Harbour hour.${field}" `);
    expect(message).toContain(problem);
  });
});

test.each(['intake', 'copydesk-intakebucket1a2b3c4d-5e6f7g8h9i0j', 'x'.repeat(63), '7'])(
  'the namespace %s, which can be the name of an older bucket, is valid',
  namespace => expect(readSettings({ articles: { namespace } }).articles.namespace).toBe(namespace),
);

test.each([5, null, [], 'x'])('%j is no settings at all', raw => {
  expect(refusal(raw)).toBe('The settings are wrong: must be an object.');
});

test('text that is not JSON names the file', () => {
  expect(() => readSettingsJson('{', 'copydesk.config.json')).toThrow(
    /^copydesk\.config\.json is not valid JSON/,
  );
});

test('what the functions get can be read back, and holds nothing of the deployment', () => {
  const settings = readSettings({
    site: { title: 'X' },
    deployment: { logDays: 7 },
    alarms: { ageMinutes: 9 },
  });
  const passed = JSON.stringify(functionSettings(settings));
  expect(passed).not.toMatch(/logDays|ageMinutes/);
  expect(functionSettings(readSettingsJson(passed, 'settings'))).toEqual(functionSettings(settings));
});

describe('a stage', () => {
  const raw = {
    $schema: './copydesk.schema.json',
    site: { title: 'The Courier', copyright: 'The Courier Ltd' },
    deployment: { terminationProtection: true, tags: { desk: 'world', paper: 'courier' } },
    stages: {
      test: {
        site: { title: 'The Courier (test)', copyright: null },
        deployment: { terminationProtection: false, data: 'destroy', tags: { desk: 'tests' } },
      },
    },
  };

  test('changes what it names, and null takes a field away', () => {
    const settings = readSettings(raw, 'test');
    expect(settings.site).toEqual({ ...DEFAULT_SETTINGS.site, title: 'The Courier (test)' });
    expect(settings.deployment).toMatchObject({
      data: 'destroy',
      terminationProtection: false,
      tags: { desk: 'tests', paper: 'courier' },
    });
  });

  test.each([undefined, 'other'])('that is %s has what the rest says', stage => {
    const { $schema, stages, ...rest } = raw;
    expect(readSettings(raw, stage)).toEqual(readSettings(rest));
  });

  test('is checked with what it overrides: contradictions too, whichever stage is asked for', () => {
    const contradictory = { ...raw, stages: { test: { deployment: { data: 'destroy' } } } };
    expect(refusal(contradictory, 'other')).toMatch(/"stages\.test\.deployment\.data" is wrong/);
  });

  test('is as if its overrides had been written in the place of what they override', async () => {
    const site = fc.record(
      { title: fc.constantFrom('A', 'B'), language: fc.constantFrom('uk', 'de') },
      { requiredKeys: [] },
    );
    const feeds = fc.record(
      { entries: fc.integer({ min: 1, max: 200 }), tags: fc.boolean() },
      { requiredKeys: [] },
    );
    const some = fc.record({ site, feeds }, { requiredKeys: [] });
    await fc.assert(
      fc.property(some, some, (base, overrides) => {
        const expected = readSettings({
          site: { ...base.site, ...overrides.site },
          feeds: { ...base.feeds, ...overrides.feeds },
        });
        expect(readSettings({ ...base, stages: { test: overrides } }, 'test')).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  test('cannot reach what is not a setting', () => {
    const json = '{ "stages": { "test": { "__proto__": { "polluted": true }, "constructor": {} } } }';
    expect(() => readSettingsJson(json, 'file', 'test')).toThrow(/does not exist/);
    expect({}).not.toHaveProperty('polluted');
  });
});
