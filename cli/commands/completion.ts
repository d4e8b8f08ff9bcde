import type { Command } from 'commander';
import { EXIT } from '../output/exit-codes.ts';
import { say } from '../output/say.ts';
import { UsageError } from '../output/usage-error.ts';

interface CommandSpec {
  name: string;
  says: string;
  options: { flag: string; says: string; choices: string[]; takesValue: boolean }[];
  takesFiles: boolean;
}

/** `copydesk completion`: prints a completion script for a shell, made from the commands themselves. */
export async function completion(shell: string, program: Command): Promise<number> {
  const write = SHELLS.get(shell);
  if (write === undefined)
    throw new UsageError(`There is no completion for ${JSON.stringify(shell)}: choose bash, zsh or fish.`);
  say(write(commandsOf(program)));
  return EXIT.ok;
}

function commandsOf(program: Command): CommandSpec[] {
  return program.commands.map(command => ({
    name: command.name(),
    says: command.description(),
    options: [
      ...command.options.map(option => ({
        flag: option.long ?? option.flags,
        says: option.description,
        choices: option.argChoices ?? [],
        takesValue: option.required || option.optional,
      })),
      { flag: '--help', says: 'show help', choices: [], takesValue: false },
    ],
    takesFiles: command.registeredArguments.some(argument => /file|folder/.test(argument.name())),
  }));
}

const SHELLS = new Map<string, (commands: readonly CommandSpec[]) => string>([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
]);

function bash(commands: readonly CommandSpec[]): string {
  const cases = commands.flatMap(({ name, options }) => [
    ...options
      .filter(({ choices }) => choices.length > 0)
      .map(({ flag, choices }) => `    ${name}:*:${flag}) words=${quoted(choices.join(' '))} ;;`),
    `    ${name}:-*:*) words=${quoted(options.map(({ flag }) => flag).join(' '))} ;;`,
  ]);
  return [
    '_copydesk() {',
    `  local words='' current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"`,
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    words=${quoted(commands.map(({ name }) => name).join(' '))}`,
    '  else',
    `    case "\${COMP_WORDS[1]}:$current:$before" in`,
    ...cases.map(line => `  ${line}`),
    '    esac',
    '  fi',
    '  # File names complete if no word matches.',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -o default -F _copydesk copydesk',
  ].join('\n');
}

function zsh(commands: readonly CommandSpec[]): string {
  const cases = commands.map(({ name, options, takesFiles }) => {
    const specs = options.map(({ flag, says, choices, takesValue }) => {
      const value = choices.length > 0 ? `:value:(${choices.join(' ')})` : takesValue ? ':value:_files' : '';
      return quoted(`*${flag}[${says.replace(/[[\]:\\]/g, ' ')}]${value}`);
    });
    return `    ${name}) _arguments ${[...specs, quoted(takesFiles ? '*:file:_files' : '*:name:_files')].join(' ')} ;;`;
  });
  return [
    '#compdef copydesk',
    'local -a commands',
    `commands=(${commands.map(({ name, says }) => quoted(`${name}:${says.replaceAll(':', ' ')}`)).join(' ')})`,
    'if (( CURRENT == 2 )); then',
    "  _describe 'command' commands",
    'else',
    '  local command=$words[2]',
    '  shift words; (( CURRENT-- ))',
    '  case $command in',
    ...cases,
    '  esac',
    'fi',
  ].join('\n');
}

function fish(commands: readonly CommandSpec[]): string {
  return commands
    .flatMap(({ name, says, options, takesFiles }) => [
      `complete -c copydesk -n __fish_use_subcommand -f -a ${name} -d ${quoted(says)}`,
      ...options.map(option => {
        const of = `complete -c copydesk -n ${quoted(`__fish_seen_subcommand_from ${name}`)} -l ${option.flag.slice(2)}`;
        const value =
          option.choices.length > 0
            ? ` -x -a ${quoted(option.choices.join(' '))}`
            : option.takesValue
              ? ' -r'
              : '';
        return `${of}${value} -d ${quoted(option.says)}`;
      }),
      ...(takesFiles ? [] : [`complete -c copydesk -n ${quoted(`__fish_seen_subcommand_from ${name}`)} -f`]),
    ])
    .join('\n');
}

/** Puts a word in single quotes for all three shells. An apostrophe in it becomes a typographic one. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", '’')}'`;
}
