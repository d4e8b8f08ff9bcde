import { createServer, type IncomingMessage } from 'node:http';
import { closeServer, LOOPBACK, listen } from '../../local/common/listen.ts';

/** What a hub was sent. */
interface Ping {
  method: string;
  contentType: string | undefined;
  mode: string | null;
  topics: string[];
}

/** How the hub answers: with a status, or `hang` for no answer at all. */
type HubAnswer = number | 'hang';

/** A WebSub hub on loopback that answers as it is told and keeps what it was sent. */
export interface Hub {
  url: string;
  pings: Ping[];
  /** The feeds that it was told of, each once, in order of their addresses. */
  topics(): string[];
  answer: HubAnswer | ((ping: Ping) => HubAnswer);
  /** Most requests that were open at once. */
  mostAtOnce: number;
  close(): Promise<void>;
}

/** Starts a hub on a free port; it answers 202 until it is told otherwise. */
export async function startHub(): Promise<Hub> {
  let open = 0;
  const server = createServer(async (request, response) => {
    open++;
    hub.mostAtOnce = Math.max(hub.mostAtOnce, open);
    response.on('close', () => {
      open--;
    });
    const form = new URLSearchParams(await textOf(request));
    const ping = {
      method: request.method ?? '',
      contentType: request.headers['content-type'],
      mode: form.get('hub.mode'),
      topics: form.getAll('hub.url'),
    };
    hub.pings.push(ping);
    const status = typeof hub.answer === 'function' ? hub.answer(ping) : hub.answer;
    if (status !== 'hang') response.writeHead(status, { location: '/elsewhere' }).end('words');
  });
  const port = await listen(server, 0);
  const hub: Hub = {
    url: `http://${LOOPBACK}:${port}/hub`,
    pings: [],
    topics: () => [...new Set(hub.pings.flatMap(({ topics }) => topics))].sort(),
    answer: 202,
    mostAtOnce: 0,
    close() {
      server.closeAllConnections();
      return closeServer(server);
    },
  };
  return hub;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
