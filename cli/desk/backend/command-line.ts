import type { DeploymentOptions } from '../../deployment/deployment.ts';

/** Words that a shell takes as they are. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/**
 * Makes a command line that can be pasted into a shell.
 * @param words the command and its arguments
 */
export function commandLine(words: readonly string[], options: DeploymentOptions): string {
  return ['npx', 'copydesk', ...words, ...deploymentWords(options)].map(quoted).join(' ');
}

/** The options of a command that choose the same deployment. */
function deploymentWords({ stack, region, profile, local, state }: DeploymentOptions): string[] {
  return [
    ...(stack === undefined ? [] : ['--stack', stack]),
    ...(region === undefined ? [] : ['--region', region]),
    ...(profile === undefined ? [] : ['--profile', profile]),
    ...(state === undefined ? [] : ['--state', state]),
    ...(local && state === undefined ? ['--local'] : []),
  ];
}

/** Quotes a word for POSIX shells. */
function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
