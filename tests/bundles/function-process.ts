import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const HOST = fileURLToPath(new URL('host.ts', import.meta.url));

/** Characters of a function's log that are shown of a failure. */
const LOG_TAIL = 4_000;

interface FunctionProcessOptions {
  /** The file that exports `handler`. */
  module: string;
  /** The Node that runs it, and its options. */
  node: string;
  execArgv: string[];
  env: NodeJS.ProcessEnv;
  /** What its clock says. */
  now: string;
}

/** A function in a process of its own. */
export class FunctionProcess {
  readonly #child: ChildProcess;
  #log = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', chunk => {
        this.#log = (this.#log + String(chunk)).slice(-LOG_TAIL);
      });
  }

  /** @throws Error where the module does not load; the message ends with what it printed */
  static async start({ module, node, execArgv, env, now }: FunctionProcessOptions): Promise<FunctionProcess> {
    const child = fork(HOST, [module, now], {
      execPath: node,
      execArgv,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const started = new FunctionProcess(child);
    await started.#answer(module);
    return started;
  }

  /** @throws Error where the handler throws, or reports a part of a batch as failed */
  async call(event: object, about: string): Promise<void> {
    const answer = this.#answer(about);
    this.#child.send(event);
    const { batchItemFailures = [] } = ((await answer) ?? {}) as { batchItemFailures?: unknown[] };
    if (batchItemFailures.length > 0) throw new Error(`${about} failed:\n${this.#log}`);
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }

  async #answer(about: string): Promise<unknown> {
    const ended = new AbortController();
    const { signal } = ended;
    const [message] = await Promise.race([
      once(this.#child, 'message', { signal }),
      once(this.#child, 'exit', { signal }).then(([code]) => {
        throw new Error(`${about}: the process ended with ${code}.\n${this.#log}`);
      }),
    ]).finally(() => ended.abort());
    const { result, error } = message as { result?: unknown; error?: string };
    if (error !== undefined) throw new Error(`${about}: ${error}\n${this.#log}`);
    return result;
  }
}
