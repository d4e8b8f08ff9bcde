import type { ServerResponse } from 'node:http';

export interface Reply {
  status?: number;
  headers?: Record<string, string | number | undefined>;
  xml?: string;
}

/** Sends an answer. Undefined headers are omitted. */
export function send(response: ServerResponse, { status = 200, headers = {}, xml }: Reply): void {
  setHeaders(response, headers);
  response.statusCode = status;
  if (xml === undefined) {
    if (status !== 204 && status !== 304 && !response.hasHeader('content-length'))
      response.setHeader('content-length', 0);
    response.end();
    return;
  }
  response.setHeader('content-type', 'application/xml');
  response.setHeader('content-length', Buffer.byteLength(xml));
  response.end(response.req.method === 'HEAD' ? undefined : xml);
}

export function setHeaders(
  response: ServerResponse,
  headers: Record<string, string | number | undefined>,
): void {
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) response.setHeader(name, value);
}
