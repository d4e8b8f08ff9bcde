import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { closeServer, createLocalServer, LOOPBACK, listen } from './listen.ts';

/** Length of a token. 192 bits cannot be guessed. */
const TOKEN_BYTES = 24;

/** Content that a page of a guarded server may load: files of the same server, and nothing inline. */
const OWN_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Headers of every answer of a guarded server. A handler may set others. The referrer would tell the token to other
 * servers.
 */
const GUARD_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': OWN_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
} as const;

/** A request with the right token. */
export interface GuardedRequest {
  method: 'GET' | 'HEAD' | 'POST';
  /**
   * Path below the token, decoded. It begins with a slash and has no part `.` or `..`, no backslash and no character of
   * code 0.
   */
  path: string;
  query: URLSearchParams;
  request: IncomingMessage;
  response: ServerResponse;
}

export interface GuardedServer {
  /** Address with the token: `http://127.0.0.1:PORT/TOKEN/`. */
  url: string;
  port: number;
  close(): Promise<void>;
}

/**
 * Serves pages on loopback for the one person who knows the address, because the pages show what is not public. Every path
 * begins with a random token. The token is part of the path and no cookie, because browsers send the cookies of one port to
 * all ports of a host. Foreign hosts and origins are refused with 403 before the token is read. A wrong token and an address
 * that does not exist have the same answer.
 * @param options.port 0 means any free port
 * @param options.answer answers a request with the right token. If it throws, the answer is a sentence with status 500.
 * @throws PortInUseError
 */
export async function startGuardedServer(options: {
  port: number;
  answer: (request: GuardedRequest) => Promise<void>;
  onError?: (error: unknown) => void;
  /** Default: a random one. */
  token?: string;
}): Promise<GuardedServer> {
  const {
    answer,
    onError = () => undefined,
    token = randomBytes(TOKEN_BYTES).toString('base64url'),
  } = options;
  const server = createLocalServer((request, response) => {
    for (const [name, value] of Object.entries(GUARD_HEADERS)) response.setHeader(name, value);
    const { method } = request;
    const asked = addressOf(request.url ?? '/', token);
    if (asked === undefined) {
      request.resume();
      sendNotFound(response);
    } else if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') {
      request.resume();
      response.setHeader('allow', 'GET, HEAD, POST');
      sendText(response, 405, 'This method is not allowed.');
    } else
      answer({ method, ...asked, request, response }).catch(error => {
        onError(error);
        if (response.headersSent) response.destroy();
        else sendText(response, 500, 'Something went wrong. The command says what it was.');
      });
  }, 'readers');
  const port = await listen(server, options.port);
  return { url: `http://${LOOPBACK}:${port}/${token}/`, port, close: () => closeServer(server) };
}

/** Answers that there is nothing at an address. */
export function sendNotFound(response: ServerResponse): void {
  sendText(response, 404, 'There is nothing here. Open the address that the command printed.');
}

/** Answers with a sentence. */
function sendText(response: ServerResponse, status: number, sentence: string): void {
  send(response, `${sentence}\n`, 'text/plain; charset=utf-8', status);
}

/** Answers with bytes. The answer to HEAD has none. */
export function send(
  response: ServerResponse,
  body: string | Uint8Array,
  contentType: string,
  status = 200,
): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/**
 * Policy of a page of the site in a frame of a guarded server: that of the site, in a sandbox. No script runs, no form is
 * sent and no window opens. The page keeps its origin, so that its style sheets and pictures load.
 * @param policy the policy of the site
 */
export function framedPolicy(policy: string): string {
  return `${policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")}; sandbox allow-same-origin`;
}

/** Path and query of an address with the right token. Undefined for all other addresses. */
function addressOf(url: string, token: string): Pick<GuardedRequest, 'path' | 'query'> | undefined {
  const [, path = '', search = ''] = /^([^?#]*)\??([^#]*)/.exec(url) ?? [];
  const [start, given = '', ...parts] = path.split('/');
  if (start !== '' || !isSame(given, token) || parts.length === 0) return undefined;
  const decoded = parts.map(decodePart);
  if (decoded.includes(undefined)) return undefined;
  return { path: `/${decoded.join('/')}`, query: new URLSearchParams(search) };
}

/** Decodes a part of a path. Undefined if it is malformed or leads elsewhere. */
function decodePart(part: string): string | undefined {
  try {
    const text = decodeURIComponent(part);
    return text === '.' || text === '..' || /[/\\\0]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Compares two texts in a time that does not depend on where they differ, or on their lengths. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
