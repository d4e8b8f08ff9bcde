import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStateDir, readRunning, StateInUseError } from '../../../local/state-dir.ts';

const RUNNING = { endpoints: { s3: 'http://127.0.0.1:1' }, outputs: { site: 'http://127.0.0.1:2' } };

/** Far longer than the time in which a listening port answers on an idle machine. */
const BUSY_MS = 600;

let dir: string;
let pipeline: Server;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'state-dir-test-'));
  pipeline = createServer(socket => socket.end());
  await new Promise<void>(resolve => pipeline.listen(0, '127.0.0.1', resolve));
  const { port } = pipeline.address() as AddressInfo;
  await writeFile(join(dir, 'lock'), JSON.stringify({ pid: process.pid, port, ...RUNNING }));
});
afterEach(async () => {
  await new Promise(resolve => pipeline.close(resolve));
  await rm(dir, { recursive: true, force: true });
});

/** A busy machine: this process does nothing else between the start of a connection and the answer to it. */
const block = () => {
  setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_MS));
};
beforeEach(() => subscribe('net.client.socket', block));
afterEach(() => void unsubscribe('net.client.socket', block));

test('a running pipeline is found on a busy machine, so that no command uses a stack in its place', async () => {
  expect(await readRunning(dir)).toEqual(RUNNING);
});

test('a second process cannot open the state on a busy machine either', async () => {
  await expect(openStateDir(dir)).rejects.toThrow(StateInUseError);
});

test('a pipeline whose port refuses connections does not run, also on a busy machine', async () => {
  await new Promise(resolve => pipeline.close(resolve));
  expect(await readRunning(dir)).toBeUndefined();
});
