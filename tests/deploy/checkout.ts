import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT } from '../../cli/output/exit-codes.ts';
import { type Ended, run } from './processes.ts';

/** What `cdk` and the desk read of the project. */
const PARTS = [
  'cdk.json',
  'cli',
  'functions',
  'infra',
  'local',
  'package-lock.json',
  'package.json',
  'shared',
  'tsconfig.json',
];

/** Thrown where a command ends as it should not; says all that it printed. */
class CommandFailed extends Error {
  constructor(words: string, { code, stdout, stderr }: Ended) {
    super(`"${words}" ended with ${code}:\n${stdout}${stderr}`);
  }
}

/**
 * The project in a folder of its own: with settings of its own, and as it was when the story began, whoever edits the
 * real one meanwhile.
 */
export class Checkout {
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;

  private constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.#env = env;
  }

  static async make(root: string, folder: string, env: NodeJS.ProcessEnv): Promise<Checkout> {
    await mkdir(folder);
    for (const part of PARTS) await cp(join(root, part), join(folder, part), { recursive: true });
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    return new Checkout(folder, env);
  }

  /** Writes `copydesk.config.json`. */
  async configure(settings: object): Promise<void> {
    await writeFile(join(this.#folder, 'copydesk.config.json'), JSON.stringify(settings));
  }

  /** Writes a file, and returns its path. */
  async write(name: string, text: string | Uint8Array): Promise<string> {
    const file = join(this.#folder, name);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, text);
    return file;
  }

  /**
   * Runs `cdk`.
   * @returns all that it printed
   */
  async cdk(...args: string[]): Promise<string> {
    // Started directly: npx would look for it in a registry where it is missing.
    const words = [join('node_modules', 'aws-cdk', 'bin', 'cdk'), ...args];
    const { stdout, stderr } = await this.#run('cdk', words, EXIT.ok);
    return stdout + stderr;
  }

  /**
   * Runs `copydesk` on the stack.
   * @returns its standard output
   */
  desk(...args: string[]): Promise<string> {
    return this.deskEnding(EXIT.ok, ...args);
  }

  /** As {@link desk}, of a command that has something to complain of. */
  async deskEnding(code: number, ...args: string[]): Promise<string> {
    const words = [join('cli', 'copydesk.js'), ...args, '--stack', 'Copydesk'];
    return (await this.#run('copydesk', words, code)).stdout;
  }

  async #run(name: string, args: string[], code: number): Promise<Ended> {
    const ended = await run(process.execPath, args, { cwd: this.#folder, env: this.#env });
    if (ended.code !== code) throw new CommandFailed([name, ...args.slice(1)].join(' '), ended);
    return ended;
  }
}
