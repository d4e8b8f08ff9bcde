import { readdirSync, readFileSync } from 'node:fs';
import { commands } from '../../../cli/main.ts';

const program = commands(() => undefined);

const PAGES = ['README.md', 'CONTRIBUTING.md', ...readdirSync('docs').map(name => `docs/${name}`)].filter(
  name => name.endsWith('.md'),
);

/** Calls of `npx copydesk` in a page, up to where code or the shell's command ends, without the marks of what is optional. */
const callsIn = (page: string) =>
  [...readFileSync(page, 'utf8').matchAll(/npx copydesk ([^`|;&)\n]+)/g)].map(([, words = '']) =>
    words.replace(/[[\]]/g, '').trim(),
  );

test('the runbook sends people to the commands', () => {
  expect(callsIn('docs/runbook.md').length).toBeGreaterThan(10);
});

const calls = [...new Set(PAGES.flatMap(callsIn))].filter(call => /^[a-z]/.test(call));

test.each(calls)('`npx copydesk %s`, which a page names, is there', call => {
  const [name, ...rest] = call.split(/\s+/);
  const command = program.commands.find(one => one.name() === name);
  expect(command).toBeDefined();
  const options = command?.options.map(({ long }) => long);
  for (const option of rest.filter(word => word.startsWith('--'))) expect(options).toContain(option);
});
