import { describedSettings, type Setting, type SettingSchema, settingsIn } from './settings-schema.ts';

const HEAD = `# Settings

<!-- Made by \`npm run docs\` from shared/settings/newsroom-settings.ts and shared/settings/deployment-settings.ts: change those. -->

\`copydesk.config.json\` beside \`cdk.json\` changes what it names; without it everything has a default. The laptop
(\`npm start\`, \`copydesk build\`, \`copydesk parse\`) reads the same file, but for *deployment* and *alarms*. An unknown field or
a wrong value stops the synth with one sentence that names the field. Deploy again after a change.

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

\`npx cdk deploy\` makes the stack \`Copydesk\`. \`npx cdk deploy -c stage=test\` makes a second one beside it, \`Copydesk-test\`,
with the same settings but for what \`stages.test\` says: objects are merged field by field, \`null\` takes a field away, so
that its default holds again, and anything else takes the place of what was there
([JSON Merge Patch](https://www.rfc-editor.org/rfc/rfc7396)). A stage needs no entry, and its name has 1 to 20 letters or
digits. All stages are checked whichever is deployed.

What the functions read, everything but *deployment* and *alarms*, may have 3,000 bytes as JSON: Lambda allows 4,096 for all
variables of a function.
`;

/** `docs/settings.md`: a table for each group of settings. */
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

/** What a setting may be, in words. */
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
