import { describedSettings, type Setting, type SettingSchema, settingsIn } from './settings-schema.ts';

const HEAD = `# Settings

<!-- Made by \`npm run docs\` from shared/settings/newsroom-settings.ts and shared/settings/deployment-settings.ts: change those. -->

For operators. This page answers what can be set, what each setting may be, and why its default is what it is.

\`copydesk.config.json\` beside \`cdk.json\` holds the settings that differ from the defaults. The laptop (\`npm start\`, \`copydesk build\`,
\`copydesk parse\`) reads the same file, except *deployment* and *alarms*. An unknown field or a wrong value stops the synth with a sentence that
names the field.

After a change run \`npx cdk deploy\`, then \`npx copydesk publish --rebuild\`. Pages of articles keep the old title, time zone and language until
they are published again; [operating](operating.md#settings) says how to publish old ones.

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
same settings with the changes of \`stages.test\` ([JSON Merge Patch](https://www.rfc-editor.org/rfc/rfc7396)):

- Objects are merged field by field.
- \`null\` removes a field, so that its default holds again. Any other value replaces the one that was there.
- A stage inherits what it does not change, such as \`feeds.hub\`: set that to \`null\` in a test stage.
- A stage needs no entry. Its name has 1 to 20 letters or digits. All stages are checked, whichever is deployed.

The settings that the functions read, all except *deployment* and *alarms*, may take 3,000 bytes as JSON. Lambda allows 4,096 bytes for all variables
of a function.
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
