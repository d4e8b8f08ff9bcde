import { describedSettings, type Setting, type SettingSchema, settingsIn } from './settings-schema.ts';

const HEAD = `# Settings

<!-- Made by \`npm run docs\` from shared/settings/newsroom-settings.ts and shared/settings/deployment-settings.ts: change those. -->

For operators. This page answers which settings there are, which values each setting may have, and why its default is good.

The file \`copydesk.config.json\` is in the same folder as \`cdk.json\`. It holds the settings that differ from the defaults. The laptop
(\`npm start\`, \`copydesk build\`, \`copydesk parse\`) reads the same file, but uses only \`deployment.mail\` of *deployment*, and nothing of
*alarms*. If a field is unknown or a value is wrong, \`npx cdk deploy\` stops with a sentence that names the field.

After a change run \`npx cdk deploy\`, then \`npx copydesk publish --all\`. Until the run has reached them, the pages of old articles keep the old
title, time zone and language of the site ([operating](operating.md#settings)).

\`\`\`json
{
  "$schema": "./copydesk.schema.json",
  "site": { "title": "The Harbour Courier", "language": "en-GB" },
  "articles": { "timeZone": "Europe/London" },
  "deployment": { "terminationProtection": true },
  "alarms": { "email": "desk@example.org" },
  "stages": {
    "test": {
      "site": { "title": "The Harbour Courier (test)" },
      "deployment": { "data": "destroy", "terminationProtection": false },
      "alarms": { "email": null }
    }
  }
}
\`\`\`

With \`$schema\`, editors such as VS Code complete and check the file as you type.

## Stages

\`npx cdk deploy\` makes the stack \`Copydesk\`. \`npx cdk deploy -c stage=test\` makes a second stack, \`Copydesk-test\`, in the same account. It has the
same settings, with the changes in \`stages.test\` ([JSON Merge Patch](https://www.rfc-editor.org/rfc/rfc7396)):

- Objects are merged field by field.
- \`null\` removes a field, so that the default applies again. Any other value replaces the earlier one.
- A stage inherits the settings that it does not change. Set \`feeds.hub\` to \`null\` in a test stage, because this stage should not notify the hub.
- A stage needs no entry in \`stages\`. Its name has 1 to 20 letters or digits. Each deployment checks all stages.

The functions read all settings except *alarms* and *deployment*. Ingest also reads \`deployment.mail\`. These settings may take at most 3,000
bytes as JSON, because Lambda allows 4,096 bytes for all environment variables of a function.

## Podcasts

The RSS feed of a section is a podcast if \`feeds.podcasts\` has an entry with the name of the section. The address of the feed stays the same. Each
story with a recording is an episode. Directories skip the other stories.

\`\`\`json
{
  "feeds": {
    "podcasts": {
      "Harbour hour": {
        "title": "The Harbour Hour",
        "author": "The Harbour Courier",
        "description": "What the tide brought this week.",
        "email": "desk@example.org",
        "image": "https://courier.example/harbour-hour.png",
        "category": "News > Daily News",
        "explicit": false,
        "type": "episodic"
      }
    }
  }
}
\`\`\`

- \`image\` is the https address of the cover: a square JPEG or PNG of 1,400 to 3,000 pixels. Copydesk does not load it.
- \`category\` is a category of [Apple Podcasts](https://podcasters.apple.com/support/1691-apple-podcasts-categories). The other directories know the same ones.
- The other fields may be missing. The title then is that of the site and the section, and the author is the title of the site.
- With \`email\`, a directory can ask the owner of the show for a code. The address is public in the feed.
- Apple takes MP3, M4A and MP4. Other apps also play Ogg, WebM and WAVE.
- A square picture of the story, a JPEG or PNG of 1,400 to 3,000 pixels, is the cover of its episode.
- If the address of the feed changes, enter the earlier \`podcast:guid\` as \`guid\`, so that apps know the show again.
- A directory drops an episode that leaves the feed. Set \`feeds.entries\` to the number of episodes that it should list.
`;

/** Makes `docs/settings.md`, with a table for each group of settings. */
export function settingsPage(): string {
  const groups = Object.entries(describedSettings().properties ?? {}).map(
    ([name, group]) => `## ${name}\n\n${group.description}\n\n${table(settingsIn(group, name))}\n`,
  );
  return [HEAD, ...groups].join('\n');
}

function table(settings: Setting[]): string {
  const rows = settings.map(({ path, schema, isRequired }) => [
    `\`${path}\``,
    schema.description ?? '',
    allowedOf(schema),
    isRequired ? 'must be given' : defaultOf(schema),
    schema.reason ?? '',
  ]);
  const head = ['setting', 'what', 'may be', 'default', 'why'];
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.map(cell).join(' | ')} |`).join('\n');
}

/** Allowed values of a setting, in words. */
function allowedOf(schema: SettingSchema): string {
  const { allowed, enum: values, type, minimum, maximum, properties } = schema;
  if (properties !== undefined) return `\`{ ${Object.keys(properties).join(', ')} }\``;
  if (allowed !== undefined) return allowed;
  if (values !== undefined) return values.map(value => `\`${value}\``).join(', ');
  if (type === 'boolean') return '`true`, `false`';
  if (type === 'integer' || type === 'number') return `${numeral(minimum)} to ${numeral(maximum)}`;
  return 'text';
}

function defaultOf({ default: value }: SettingSchema): string {
  if (value === undefined) return 'none';
  return typeof value === 'number' ? numeral(value) : `\`${JSON.stringify(value)}\``;
}

const numeral = (number: number | undefined) => number?.toLocaleString('en-US') ?? '';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
