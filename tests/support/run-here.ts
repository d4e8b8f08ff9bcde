import { main } from '../../cli/main.ts';
import type { Run } from './command.ts';

/**
 * Runs `copydesk` in a folder to its end, in this process, one command at a time: starting node with everything in it
 * takes seconds for each. Nobody is there to be asked.
 */
export async function runHere(dir: string, ...args: string[]): Promise<Run> {
  const run: Run = { code: null, stdout: '', stderr: '' };
  const isTTY = Object.getOwnPropertyDescriptor(process.stdin, 'isTTY');
  Object.defineProperty(process.stdin, 'isTTY', { value: false, configurable: true });
  const collect = (name: 'stdout' | 'stderr') =>
    jest.spyOn(process[name], 'write').mockImplementation(text => {
      run[name] += typeof text === 'string' ? text : Buffer.from(text).toString();
      return true;
    });
  const spies = [collect('stdout'), collect('stderr')];
  const before = process.cwd();
  process.chdir(dir);
  try {
    run.code = await main(['node', 'copydesk', ...args]);
  } finally {
    process.chdir(before);
    for (const spy of spies) spy.mockRestore();
    if (isTTY) Object.defineProperty(process.stdin, 'isTTY', isTTY);
    else Reflect.deleteProperty(process.stdin, 'isTTY');
  }
  return run;
}
