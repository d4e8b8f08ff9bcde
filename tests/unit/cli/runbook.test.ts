import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addBulkCommands } from '../../../cli/bulk-program.ts';
import { addDeploymentCommands } from '../../../cli/deployment-program.ts';

const program = new Command('copydesk');
addDeploymentCommands(program, () => undefined);
addBulkCommands(program, () => undefined);

const named = [...readFileSync('docs/runbook.md', 'utf8').matchAll(/`npx copydesk ([^`]+)`/g)].map(
  ([, words = '']) => words,
);

test('the runbook names commands', () => expect(named.length).toBeGreaterThan(10));

test.each([...new Set(named)])('`copydesk %s`, which the runbook names, is there', words => {
  const [name, ...rest] = words.split(' ');
  const command = program.commands.find(one => one.name() === name);
  expect(command).toBeDefined();
  const options = command?.options.map(({ long }) => long);
  for (const option of rest.filter(word => word.startsWith('--'))) expect(options).toContain(option);
});
