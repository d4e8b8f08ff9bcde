import { type Ended, run } from '../../deploy/emulator/processes.ts';
import { MissingTool } from '../../deploy/emulator/python.ts';

/**
 * Runs a program to its end, with a folder as its working folder and as the home of its user.
 * @param env more variables
 * @returns what it wrote to its standard output
 * @throws Error if it ends with another code than 0
 */
export async function must(
  command: string,
  args: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const ended = await run(command, args, {
    cwd: folder,
    env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, ...env },
  });
  if (ended.code !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${ended.code}: ${said(ended)}`);
  return ended.stdout;
}

/** Runs a program to its end. Returns undefined if there is no such program. */
export async function tried(
  command: string,
  args: readonly string[],
  cwd: string,
  env = process.env,
): Promise<Ended | undefined> {
  try {
    return await run(command, args, { cwd, env });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Looks for the package of Debian that has a reader.
 * @returns its version
 * @throws MissingTool if it is not installed
 */
export async function debianVersion(name: string): Promise<string> {
  const found = await tried('dpkg', ['-s', name], '/');
  const [, version] = found?.stdout.match(/^Status: install ok installed$[\s\S]*^Version: (.+)$/m) ?? [];
  if (version !== undefined) return version;
  throw new MissingTool(
    found === undefined
      ? 'not installed: this system has no Debian packages'
      : `not installed: \`apt-get install ${name}\`, or \`--install\``,
  );
}

/** The end of what a program said, in one line. */
export function said({ stdout, stderr }: Ended): string {
  return (stderr.trim() || stdout.trim()).split('\n').slice(-3).join(' ').slice(-300);
}
