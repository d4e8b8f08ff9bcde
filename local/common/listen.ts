import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import { CopydeskError } from '../../shared/errors/errors.ts';

/** The only address that the local services listen on, because they check no credentials. */
export const LOOPBACK = '127.0.0.1';

/** Host names of this machine that no other machine can take, also with a name before them: `intake.localhost`. */
const LOOPBACK_HOST = /^(?:\[::1\]|(?:[^/@:[\]]+\.)?(?:localhost|127\.0\.0\.1))\.?(?::\d{1,5})?$/i;

/** Who may call a server. `programs`: no web page may. `readers`: pages of the server itself may (the site). */
type Callers = 'programs' | 'readers';

/**
 * Makes a server that refuses foreign web pages with 403 before it reads the request: see {@link refusal}. The
 * server answers no preflight and sends no CORS header.
 */
export function createLocalServer(listener: RequestListener, callers: Callers = 'programs'): Server {
  return createServer((request, response) => {
    const reason = refusal(request.headers, callers, request.method);
    if (reason === undefined) {
      listener(request, response);
      return;
    }
    // A client that still sends its body would not see the answer. The body is therefore read to its end.
    request.resume();
    response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`${reason}\n`);
  });
}

/**
 * Returns the reason to refuse a request, or undefined if the request may pass.
 * The servers check no credentials, so they must refuse a foreign page in the user's browser. Such a page can send a
 * cross-origin request, which has an `Origin` or a `Sec-Fetch-Site` header. It can also use a host name of its own
 * that resolves to loopback (DNS rebinding), which is then the `Host` header. Command lines and SDKs send neither
 * `Origin` nor `Sec-Fetch-Site`. A request for an address that a person typed has `Sec-Fetch-Site: none`.
 */
export function refusal(headers: IncomingHttpHeaders, callers: Callers, method = 'GET'): string | undefined {
  const { host, origin } = headers;
  if (host !== undefined && host !== '' && !LOOPBACK_HOST.test(host))
    return `This server answers on localhost and 127.0.0.1 only, not as ${host}.`;
  const isReaders = callers === 'readers';
  if (origin !== undefined && !(isReaders && host !== undefined && origin === `http://${host}`))
    return 'This server answers no page of another origin.';
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'none' || (isReaders && site === 'same-origin')) return undefined;
  // Readers may follow a link from another page to the site. Frames, pictures and sent forms are not links.
  const isRead = method === 'GET' || method === 'HEAD';
  const isLink =
    isRead && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return isReaders && isLink ? undefined : 'This server answers no page of another origin.';
}

/** Thrown when another program already listens on the port. Code: `port-in-use`. */
export class PortInUseError extends CopydeskError {
  readonly port: number;

  constructor(port: number, cause?: unknown) {
    super('port-in-use', `Port ${port} is already in use.`, { subject: String(port), cause });
    this.port = port;
  }
}

/**
 * Makes a server listen. Port 0 means any free port.
 * @returns the port that the server listens on
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

/** Turns an error of `listen` into a {@link PortInUseError} if the port is in use. Returns other errors unchanged. */
export function listenError(cause: unknown, port: number): unknown {
  return (cause as NodeJS.ErrnoException).code === 'EADDRINUSE' ? new PortInUseError(port, cause) : cause;
}

/**
 * Closes a server. Idle connections end at once, and answers under way may finish. Connections that are still open
 * after `graceMs` are cut, so that the process can exit.
 */
export async function closeServer(server: Server, graceMs = 2_000): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>(resolve => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(cut);
}
