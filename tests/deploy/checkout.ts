import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT } from '../../cli/output/exit-codes.ts';
import { readSettings, type Settings } from '../../shared/settings/settings.ts';
import type { Resource } from '../infra/template.ts';
import { type Ended, run, type Server, serve } from './emulator/processes.ts';

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

const SETTINGS_FILE = 'copydesk.config.json';

/** Thrown where a command ends as it should not; says all that it printed. */
class CommandFailed extends Error {
  constructor(words: string, { code, stdout, stderr }: Ended) {
    super(`"${words}" ended with ${code}:\n${stdout}${stderr}`);
  }
}

/** What `cdk deploy` says where there is nothing to do. */
export const UNCHANGED = /\(no changes\)/;

interface CheckoutProps {
  folder: string;
  env: NodeJS.ProcessEnv;
  /** Absent for production. */
  stage?: string;
}

/**
 * The project in a folder of its own: with settings of its own, and as it was when the story began, whoever edits the
 * real one meanwhile.
 */
export class Checkout {
  readonly #props: CheckoutProps;

  private constructor(props: CheckoutProps) {
    this.#props = props;
  }

  /** Copies the project as it is, with changes that no commit has. */
  static async make(root: string, folder: string, env: NodeJS.ProcessEnv): Promise<Checkout> {
    await mkdir(folder);
    for (const part of PARTS) await cp(join(root, part), join(folder, part), { recursive: true });
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    return new Checkout({ folder, env });
  }

  /** The project as a commit has it, beside this one, with the same settings and dependencies. */
  async at(commit: string, root: string): Promise<Checkout> {
    const folder = `${this.#props.folder}-${commit}`;
    await mkdir(folder);
    const tar = `${folder}.tar`;
    await tool('git', ['archive', `--output=${tar}`, commit, ...PARTS], root);
    await tool('tar', ['-xf', tar], folder);
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    await cp(join(this.#props.folder, SETTINGS_FILE), join(folder, SETTINGS_FILE));
    return new Checkout({ ...this.#props, folder });
  }

  /** The same folder, whose commands work on a stage. */
  stage(stage: string): Checkout {
    return new Checkout({ ...this.#props, stage });
  }

  /** The same folder, whose commands have other credentials. */
  as(credentials: NodeJS.ProcessEnv): Checkout {
    return new Checkout({ ...this.#props, env: { ...this.#props.env, ...credentials } });
  }

  get stackName(): string {
    const { stage } = this.#props;
    return stage === undefined ? 'Copydesk' : `Copydesk-${stage}`;
  }

  /** Writes `copydesk.config.json`. */
  async configure(settings: object): Promise<void> {
    await this.write(SETTINGS_FILE, JSON.stringify(settings));
  }

  /** What `copydesk.config.json` says. */
  async configured(): Promise<Record<string, object>> {
    return JSON.parse(await readFile(join(this.#props.folder, SETTINGS_FILE), 'utf8'));
  }

  /** The settings with which the stack is deployed. */
  async settings(): Promise<Settings> {
    return readSettings(await this.configured(), this.#props.stage);
  }

  /** Writes a file, and returns its path. */
  async write(name: string, text: string | Uint8Array): Promise<string> {
    const file = join(this.#props.folder, name);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, text);
    return file;
  }

  /** Leaves resources out of the template in a folder that `cdk synth` made. Returns them. */
  async leaveOut(folder: string, isLeftOut: (resource: Resource) => boolean): Promise<Resource[]> {
    const name = join(folder, `${this.stackName}.template.json`);
    const template = JSON.parse(await readFile(join(this.#props.folder, name), 'utf8'));
    const all = Object.entries(template.Resources as Record<string, Resource>);
    template.Resources = Object.fromEntries(all.filter(([, resource]) => !isLeftOut(resource)));
    await this.write(name, JSON.stringify(template));
    return all.flatMap(([, resource]) => (isLeftOut(resource) ? [resource] : []));
  }

  /** Runs `cdk deploy`. Returns all that it printed. */
  deploy(): Promise<string> {
    return this.cdk('deploy', '--require-approval', 'never', '--progress', 'events');
  }

  /**
   * Runs `cdk`.
   * @returns all that it printed
   */
  async cdk(...args: string[]): Promise<string> {
    const { stage } = this.#props;
    // Started directly: npx would look for it in a registry where it is missing.
    const words = [join('node_modules', 'aws-cdk', 'bin', 'cdk'), ...args];
    if (stage !== undefined) words.push('-c', `stage=${stage}`);
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
    return (await this.#desk(code, args)).stdout;
  }

  /** Runs `copydesk` on the stack where its credentials do not suffice. Returns what it says about it. */
  async deskRefused(...args: string[]): Promise<string> {
    return (await this.#desk(EXIT.usage, args)).stderr;
  }

  /** Starts `copydesk desk` on the stack. */
  serveDesk(): Server {
    const { folder, env } = this.#props;
    const words = [join('cli', 'copydesk.js'), 'desk', '--stack', this.stackName];
    return serve(process.execPath, words, { cwd: folder, env });
  }

  #desk(code: number, args: readonly string[]): Promise<Ended> {
    return this.#run('copydesk', [join('cli', 'copydesk.js'), ...args, '--stack', this.stackName], code);
  }

  async #run(name: string, args: string[], code: number): Promise<Ended> {
    const { folder, env } = this.#props;
    const ended = await run(process.execPath, args, { cwd: folder, env });
    if (ended.code !== code) throw new CommandFailed([name, ...args.slice(1)].join(' '), ended);
    return ended;
  }
}

/** Runs a tool of the system. Returns its standard output. */
export async function tool(command: string, args: readonly string[], cwd: string): Promise<string> {
  const ended = await run(command, args, { cwd, env: process.env });
  if (ended.code !== 0) throw new CommandFailed([command, ...args].join(' '), ended);
  return ended.stdout;
}
