import path from 'node:path';
import { main } from '../../cli/main.ts';
import type { Run } from './command.ts';

/**
 * Runs commands of the desk in this process, one at a time, on the pipeline that runs in a folder: starting node for
 * each would take seconds. Nobody is there to be asked.
 */
export function commandIn(dir: string): (...args: string[]) => Promise<Run> {
  return async (...args) => {
    const run: Run = { code: null, stdout: '', stderr: '' };
    const isTTY = Object.getOwnPropertyDescriptor(process.stdin, 'isTTY');
    Object.defineProperty(process.stdin, 'isTTY', { value: false, configurable: true });
    const collect = (name: 'stdout' | 'stderr') =>
      jest.spyOn(process[name], 'write').mockImplementation(text => {
        run[name] += String(text);
        return true;
      });
    const spies = [collect('stdout'), collect('stderr')];
    try {
      const where = args[0] === 'completion' ? [] : ['--state', path.join(dir, '.copydesk')];
      run.code = await main(['node', 'copydesk', ...args, ...where]);
    } finally {
      for (const spy of spies) spy.mockRestore();
      if (isTTY) Object.defineProperty(process.stdin, 'isTTY', isTTY);
      else Reflect.deleteProperty(process.stdin, 'isTTY');
    }
    return run;
  };
}
