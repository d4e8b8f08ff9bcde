import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { PARSER_VERSION, parseArticle } from '../../functions/ingest/parse.ts';
import { ingest } from '../../functions/ingest/receive/ingest.ts';
import { siteOf } from '../../functions/publish/model/site.ts';
import { postponingOf } from '../../functions/publish/states/postponed.ts';
import { CopydeskStack } from '../../infra/copydesk-stack.ts';
import { functionSettings, readSettings } from '../../shared/settings/settings.ts';
import { Articles } from '../../shared/table/articles.ts';
import { describedSettings, settingsIn } from '../../tools/settings-schema.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { storedMail } from '../support/mails.ts';
import { watched } from '../support/watched-settings.ts';

/** Every setting that has no default, so that whatever hangs on it is read too. */
const SETTINGS = readSettings({
  site: {
    baseUrl: 'https://news.example.org',
    description: 'News of the harbour',
    copyright: 'The Courier',
    tagline: 'What the tide brought',
    logo: { light: 'theme/logo.svg', dark: 'theme/logo-dark.svg' },
    icon: 'theme/icon.png',
    accent: { light: '#0b5394', dark: '#8ab4f8' },
    font: { family: 'Harbour Text', files: [{ file: 'theme/text.woff2' }] },
  },
  articles: { defaultAuthor: 'The desk', timeZoneName: 'harbour time' },
  feeds: { hub: 'https://hub.example/' },
  deployment: {
    domain: {
      name: 'news.example.org',
      certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
      hostedZoneId: 'Z0123456789',
    },
    webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/site/12345678-1234-1234-1234-123456789012',
    accessLogs: true,
    mail: {
      address: 'desk@news.example.org',
      senders: ['jane@example.org'],
      section: 'harbour',
      ruleSet: 'shared-rules',
      reply: true,
    },
    secondRegion: {
      vaultArn: 'arn:aws:backup:eu-central-1:123456789012:backup-vault:copies',
      intakeBucket: 'intake-copies',
      storageBucket: 'storage-copies',
    },
    tags: { desk: 'world' },
  },
  alarms: { email: 'desk@example.org', monthlyBudget: 500 },
});

const LEAVES = new Set(
  settingsIn(describedSettings())
    .filter(({ schema }) => schema.properties === undefined)
    .map(({ path }) => path),
);

const isOfFunctions = (path: string) => (path.split('.')[0] ?? '') in functionSettings(SETTINGS);

/** Settings of the mailbox that ingest reads. */
const OF_INGEST = ['deployment.mail.senders', 'deployment.mail.section'];
/** One that both read: the stack gives the right to answer, and ingest answers. */
const OF_BOTH = 'deployment.mail.reply';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ database: 'memory' });
});
afterAll(() => desk.close());

test('the settings here leave none out', () => {
  const given = (path: string) =>
    path.split('.').reduce<unknown>((group, name) => (group as Record<string, unknown>)[name], SETTINGS);
  expect([...LEAVES].filter(path => given(path) === undefined)).toEqual([]);
});

test('the stack reads every setting of the deployment and of the alarms', () => {
  const read = new Set<string>();
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] } });
  new CopydeskStack(app, 'Copydesk', { settings: watched(SETTINGS, LEAVES, path => read.add(path)) });
  expect([...LEAVES].filter(path => !isOfFunctions(path) && !read.has(path)).sort()).toEqual(
    OF_INGEST.toSorted(),
  );
  // The functions get theirs as JSON, and that is no reading: this would else find everything used.
  expect(read).not.toContain('duplicates.similarity');
});

test('the functions read every other setting, and none of those', async () => {
  const read = new Set<string>();
  const settings = watched(SETTINGS, LEAVES, path => read.add(path));
  siteOf(settings, 'https://d111111abcdef8.cloudfront.net');
  postponingOf(settings, () => desk.now);
  // No byline, no folder, a date without a zone: whatever the settings fill in is asked for.
  const copy =
    'Ferry sails again\n\n12 November 2026, 10:30\n\nThe ferry to the island sailed again on Thursday.\n';
  const files: [string, string | Buffer][] = [
    ['ferry.txt', copy],
    ['mail/1', storedMail()],
  ];
  for (const [key, file] of files) {
    await desk.intake.put(key, file, { contentType: 'text/plain' });
    const event = { kind: 'created', bucket: 'intake', key, keyIsBroken: false, etag: 'e' } as const;
    const { outcome } = await ingest(
      { ...event, size: file.length, sequencer: '01', at: desk.now },
      {
        articles: new Articles(desk.clients.dynamodb, 'articles', {
          namespace: settings.articles.namespace,
          noticeDays: settings.feeds.noticeDays,
        }),
        intake: desk.intake,
        storage: desk.storage,
        settings,
        parse: parseArticle,
        parserVersion: PARSER_VERSION,
        now: () => desk.now,
      },
    );
    expect(outcome).toBe('live');
  }
  const expected = [...[...LEAVES].filter(isOfFunctions), ...OF_INGEST, OF_BOTH];
  expect([...read].sort()).toEqual(expected.sort());
});
