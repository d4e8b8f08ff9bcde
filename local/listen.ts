import type { Server } from 'node:http';
import { CopydeskError } from '../shared/errors.ts';

/** Everything listens here only: the local services check no credentials. */
export const LOOPBACK = '127.0.0.1';

/** Thrown when another program already listens on a port; its code is `port-in-use`. */
export class PortInUseError extends CopydeskError {
  readonly port: number;

  constructor(port: number, cause?: unknown) {
    super('port-in-use', `Port ${port} is already in use.`, { subject: String(port), cause });
    this.port = port;
  }
}

/**
 * Makes a server listen; port 0 means any free port.
 * @returns the port it listens on
 * @throws PortInUseError
 */
export async function listen(server: Server, port: number, host: string = LOOPBACK): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const fail = (cause: Error) => reject(listenError(cause, port));
    server.once('error', fail);
    server.listen({ port, host }, () => {
      server.off('error', fail);
      resolve();
    });
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

/** The error to throw for one that `listen` gave: a {@link PortInUseError} where that is the cause. */
export function listenError(cause: unknown, port: number): unknown {
  return (cause as NodeJS.ErrnoException).code === 'EADDRINUSE' ? new PortInUseError(port, cause) : cause;
}

/**
 * Closes a server: answers under way may finish, idle connections end at once, and what is still open after
 * `graceMs` is cut, so that the process can exit.
 */
export async function closeServer(server: Server, graceMs = 2_000): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>(resolve => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(cut);
}
