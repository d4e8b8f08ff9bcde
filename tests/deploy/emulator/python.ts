import { createHash } from 'node:crypto';
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './processes.ts';

/** Thrown where the tests cannot run on this machine; the message says what is missing. */
export class MissingTool extends Error {}

const NEWER_PYTHON = 'import sys; sys.exit(sys.version_info < (3, 10))';

/** How `venv` is asked for on Debian, where it is a package of its own. */
const VENV_HINT = 'install python3-venv, or name another Python in PYTHON';

/**
 * A Python environment that holds exactly these packages, made at the first call and kept in `node_modules/.cache`.
 * @param packages pinned, such as `ministack==1.5.33`: another release must not change what holds
 * @returns the folder of its programs
 * @throws MissingTool without Python 3.10, its `venv`, or the network
 */
export async function pythonWith(root: string, packages: readonly string[]): Promise<string> {
  const where = { cwd: root, env: process.env };
  const python = await findPython(where);
  const { stdout: version } = await run(python, ['-VV'], where);
  const name = createHash('sha256')
    .update(JSON.stringify([version, packages]))
    .digest('hex')
    .slice(0, 12);
  const folder = join(root, 'node_modules', '.cache', 'copydesk', `python-${name}`);
  const bin = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  // Written last: an environment without it was interrupted, and is made anew.
  const complete = join(folder, 'complete');
  if (await exists(complete)) return bin;

  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, '..'), { recursive: true });
  const made = await run(python, ['-m', 'venv', folder], where);
  if (made.code !== 0)
    throw new MissingTool(
      `${python} cannot make an environment: ${VENV_HINT}.\n${made.stdout}${made.stderr}`,
    );
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages];
  const installed = await run(join(bin, 'python'), install, where);
  if (installed.code !== 0)
    throw new MissingTool(
      `pip could not install ${packages.join(', ')}: is there a network?\n${installed.stderr}`,
    );
  await writeFile(complete, packages.join('\n'));
  return bin;
}

async function findPython(where: { cwd: string; env: NodeJS.ProcessEnv }): Promise<string> {
  const named = process.env.PYTHON;
  for (const python of named ? [named] : ['python3', 'python']) {
    const found = await run(python, ['-c', NEWER_PYTHON], where).catch(() => undefined);
    if (found?.code === 0) return python;
  }
  throw new MissingTool(
    `These tests need Python 3.10 or newer, and ${named ? `PYTHON=${named} is none` : 'there is none'}.`,
  );
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
