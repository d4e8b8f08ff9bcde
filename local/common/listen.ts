import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import { CopydeskError } from '../../shared/errors/errors.ts';

/** Everything listens here only: the local services check no credentials. */
export const LOOPBACK = '127.0.0.1';

/** Names of this machine that no other machine can take; with a name before them, as `intake.localhost`. */
const LOOPBACK_HOST = /^(?:\[::1\]|(?:[^/@:[\]]+\.)?(?:localhost|127\.0\.0\.1))\.?(?::\d{1,5})?$/i;

/** Who may call a server: `programs` a service that no page needs, `readers` the site, whose pages may. */
type Callers = 'programs' | 'readers';

/**
 * Makes a server that refuses foreign web pages with 403, before anything of the request is read: see
 * {@link refusal}. It answers no preflight and sends no CORS header.
 */
export function createLocalServer(listener: RequestListener, callers: Callers = 'programs'): Server {
  return createServer((request, response) => {
    const reason = refusal(request.headers, callers);
    if (reason === undefined) {
      listener(request, response);
      return;
    }
    // The body is read to its end: a client that still sends would not see the answer.
    request.resume();
    response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`${reason}\n`);
  });
}

/**
 * Why a request is refused; undefined where it may pass. No credentials are checked, so a page in the user's browser
 * must reach nothing: neither by a cross-origin request, which has an `Origin` or a `Sec-Fetch-Site`, nor by a name
 * of its own that resolves to loopback (DNS rebinding), which is its `Host`. Command lines and SDKs send neither
 * `Origin` nor `Sec-Fetch-Site`. An address that a person typed has the site `none`.
 */
export function refusal(headers: IncomingHttpHeaders, callers: Callers): string | undefined {
  const { host, origin } = headers;
  if (host !== undefined && host !== '' && !LOOPBACK_HOST.test(host))
    return `This server answers on localhost and 127.0.0.1 only, not as ${host}.`;
  const isReaders = callers === 'readers';
  if (origin !== undefined && !(isReaders && host !== undefined && origin === `http://${host}`))
    return 'This server answers no page of another origin.';
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'none' || (isReaders && site === 'same-origin')) return undefined;
  // A link from another page to the site; a frame or a picture is not a link.
  const isLink = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return isReaders && isLink ? undefined : 'This server answers no page of another origin.';
}

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
