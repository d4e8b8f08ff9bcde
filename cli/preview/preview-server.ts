import type { ServerResponse } from 'node:http';
import {
  framedPolicy,
  type GuardedRequest,
  send,
  sendNotFound,
  startGuardedServer,
} from '../../local/common/guarded-server.ts';
import { objectKey } from '../../local/site-server.ts';
import type { ArticleRecord } from '../../shared/model/article.ts';
import { SECURITY_HEADERS } from '../../shared/stack/response-headers.ts';
import { PREVIEW_CSS } from './preview-css.ts';
import type { Preview } from './preview-page.ts';
import { PREVIEW_SCRIPT } from './preview-script.ts';
import { previewList, previewView } from './preview-view.tsx';
import type { StoryOrigin } from './story-words.ts';

/** A file or a stored story to look at. */
export interface PreviewEntry {
  /** Its path, or its key. */
  name: string;
  make(): Promise<Preview>;
}

/** What became of an entry. */
export type Looked = { preview: Preview } | { problem: string };

export interface PreviewServer {
  /** Address with the token. */
  url: string;
  /** Makes the preview of an entry, or returns the one that is made. */
  look(index: number): Promise<Looked>;
  /** Makes the preview of an entry again, and then tells open pages. */
  changed(index: number): Promise<Looked>;
  close(): Promise<void>;
}

/** Number of previews that are kept. Each holds the files of a whole site, and a story can have 50 pictures. */
const MAX_KEPT = 5;

/**
 * Serves previews on loopback, behind a token. One entry is shown at once, and several in a list.
 * @param options.port 0 means any free port
 * @throws PortInUseError
 */
export async function startPreviewServer(options: {
  port: number;
  entries: readonly PreviewEntry[];
  origin: StoryOrigin;
  timeZone: string;
  onError?: (error: unknown) => void;
}): Promise<PreviewServer> {
  const { entries, origin, timeZone } = options;
  const made = new Map<number, Promise<Looked>>();
  const records = new Map<number, ArticleRecord>();
  const listeners = new Set<{ response: ServerResponse; index: number | undefined }>();
  const versions = entries.map(() => 0);
  let listVersion = 0;
  const versionOf = (index: number | undefined) =>
    index === undefined ? listVersion : (versions[index] ?? 0);
  const tell = (changed: number | undefined) => {
    for (const { response, index } of listeners)
      if (index === changed) response.write(`data: ${versionOf(index)}\n\n`);
  };

  const make = async (index: number): Promise<Looked> => {
    try {
      const preview = await entries[index]?.make();
      if (preview === undefined) throw new Error('There is no such preview.');
      records.set(index, preview.record);
      return { preview };
    } catch (error) {
      records.delete(index);
      return { problem: (error as Error).message };
    } finally {
      listVersion++;
      tell(undefined);
    }
  };
  const keep = (index: number): Promise<Looked> => {
    const looked = make(index);
    made.delete(index);
    made.set(index, looked);
    for (const oldest of made.keys()) if (made.size > MAX_KEPT) made.delete(oldest);
    return looked;
  };
  // A stored story has no file to follow, so each look reads it again.
  const look = (index: number) => (origin === 'file' ? made.get(index) : undefined) ?? keep(index);

  const answer = async ({ path, query, request, response }: GuardedRequest): Promise<void> => {
    if (request.method === 'POST') sendNotFound(response);
    else if (path === '/preview.css') send(response, PREVIEW_CSS, 'text/css; charset=utf-8');
    else if (path === '/preview.js') send(response, PREVIEW_SCRIPT, 'text/javascript; charset=utf-8');
    else if (path === '/changes') follow(response, undefined);
    else if (path === '/' && entries.length === 1) response.writeHead(302, { location: '1/' }).end();
    else if (path === '/') {
      const lines = entries.map(({ name }, index) => ({ name, record: records.get(index) }));
      sendPage(response, previewList(lines, { origin, timeZone, version: versionOf(undefined) }));
    } else {
      const [, number = '', rest = ''] = /^\/([1-9]\d{0,6})\/(.*)$/s.exec(path) ?? [];
      const index = Number(number) - 1;
      const entry = entries[index];
      if (entry === undefined) sendNotFound(response);
      else if (rest === 'changes') follow(response, index);
      else if (rest === '') {
        const version = versionOf(index);
        const looked = await look(index);
        const preview = 'preview' in looked ? looked.preview : undefined;
        const asked = query.get('story');
        const page = previewView(
          preview,
          preview && (preview.members.find(({ record }) => record.id === asked) ?? preview),
          {
            ...{ name: entry.name, origin, timeZone, version },
            isOneOfMany: entries.length > 1,
            query,
            problem: 'problem' in looked ? looked.problem : undefined,
          },
        );
        sendPage(response, page);
      } else if (rest.startsWith('site/')) {
        // The page was just made for the frame around it.
        const looked = await (made.get(index) ?? keep(index));
        sendSiteFile(response, rest.slice('site'.length), looked);
      } else sendNotFound(response);
    }
  };

  function follow(response: ServerResponse, index: number | undefined): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`data: ${versionOf(index)}\n\n`);
    const listener = { response, index };
    listeners.add(listener);
    response.once('close', () => listeners.delete(listener));
  }

  const server = await startGuardedServer({ port: options.port, answer, onError: options.onError });
  return {
    url: server.url,
    look,
    async changed(index) {
      const looked = await keep(index);
      versions[index] = (versions[index] ?? 0) + 1;
      tell(index);
      return looked;
    },
    async close() {
      for (const { response } of listeners) response.end();
      await server.close();
    },
  };
}

function sendPage(response: ServerResponse, page: string): void {
  send(response, page, 'text/html; charset=utf-8');
}

/** Answers with a file of the site in the preview, with the policy that the site has. */
function sendSiteFile(response: ServerResponse, path: string, looked: Looked): void {
  const key = objectKey(encodeURI(path));
  const file = 'preview' in looked && key !== undefined ? looked.preview.files.get(key) : undefined;
  response.setHeader('content-security-policy', framedPolicy(SECURITY_HEADERS['content-security-policy']));
  if (file === undefined)
    send(
      response,
      'The preview has no such page: it has only this story.\n',
      'text/plain; charset=utf-8',
      404,
    );
  else send(response, file.bytes, file.contentType);
}
