import { commands } from '../../../cli/main.ts';
import { documentedFields } from '../../pipeline/desk/json.ts';

const program = commands(() => undefined);

/** `start` and `desk` run until they are stopped, and `completion` prints a program. Neither has a result. */
const WITHOUT_RESULT = ['start', 'desk', 'completion'];

const named = [...documentedFields().keys()].map(text => text.split(' ')[0]);

const withResult = program.commands.filter(command => !WITHOUT_RESULT.includes(command.name()));

test.each(withResult.map(command => [command.name(), command] as const))(
  '%s writes its results as JSON, with documented fields',
  (name, command) => {
    expect(command.options.map(({ long }) => long)).toContain('--json');
    expect(named).toContain(name);
  },
);

test('no other command is documented to write JSON', () => {
  expect(withResult.map(command => command.name())).toEqual(expect.arrayContaining(named));
});
