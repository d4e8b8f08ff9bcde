import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmulator } from '../deploy/emulator/emulator.ts';
import { PYTHON_PACKAGES } from '../deploy/emulator/packages.ts';
import { pythonWith } from '../deploy/emulator/python.ts';
import { MOTO_URL } from './sides.ts';

/** Starts moto's server for the tests of this run, and tells them where it is. */
export default async function startMoto(): Promise<void> {
  const bin = await pythonWith(path.resolve(__dirname, '../..'), PYTHON_PACKAGES.moto);
  const work = await mkdtemp(path.join(tmpdir(), 'copydesk-moto-'));
  const moto = await startEmulator({
    command: path.join(bin, 'moto_server'),
    args: port => ['--host', '127.0.0.1', '--port', String(port)],
    env: () => ({ ...process.env, TMPDIR: work }),
    cwd: work,
    ready: '/moto-api/',
  });
  process.env[MOTO_URL] = moto.url;
  // Not in the teardown: an interrupted run has none.
  process.once('exit', () => rmSync(work, { recursive: true, force: true }));
}
