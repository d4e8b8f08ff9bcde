import {
  framedPolicy,
  type GuardedRequest,
  type GuardedServer,
  send,
  sendNotFound,
  startGuardedServer,
} from '../../local/common/guarded-server.ts';
import { CopydeskError } from '../../shared/errors/errors.ts';
import { SECURITY_HEADERS } from '../../shared/stack/response-headers.ts';
import { awsTrouble } from '../deployment/aws-trouble.ts';
import { type Desk, deskAnswers } from './desk-answers.ts';
import { DESK_SCRIPT } from './desk-script.ts';
import { DESK_CSS } from './pages/desk-css.ts';
import type { Where } from './pages/frame.tsx';
import { troublePage } from './pages/outcome.tsx';

/**
 * Starts the desk: pages on loopback that show the stories of a deployment, and run the actions of the commands.
 * @param options.port 0 means any free port
 * @param options.onError called for errors that are mistakes of Copydesk
 * @throws PortInUseError
 */
export async function startDesk(
  desk: Desk,
  { port, onError = () => undefined }: { port: number; onError?: (error: unknown) => void },
): Promise<GuardedServer> {
  const { deployment, account } = desk;
  const where: Where = {
    name: deployment.name,
    isLaptop: deployment.isLaptop,
    account,
    site: deployment.outputs.site,
    timeZone: deployment.timeZone,
  };
  const answers = deskAnswers(desk, where);
  const server = await startGuardedServer({
    port,
    onError,
    async answer(request) {
      try {
        await route(request, answers);
      } catch (error) {
        const told = awsTrouble(error) ?? error;
        if (!(told instanceof CopydeskError)) throw error;
        sendPage(request, troublePage(where, told.message), 400);
      }
    },
  });
  return {
    ...server,
    async close() {
      answers.stop();
      await server.close();
    },
  };
}

type Answers = ReturnType<typeof deskAnswers>;

async function route(asked: GuardedRequest, answers: Answers): Promise<void> {
  const { method, path, query, request, response } = asked;
  const [, name = '', ...rest] = path.split('/');
  if (method === 'POST') {
    if (name !== 'do' && name !== 'file') {
      request.resume();
      sendNotFound(response);
      return;
    }
    const answer = await (name === 'do' ? answers.act(request) : answers.file(request));
    if ('location' in answer) response.writeHead(303, { location: answer.location }).end();
    else if ('json' in answer) send(response, JSON.stringify(answer.json), 'application/json', answer.status);
    else sendPage(asked, answer.page, answer.status);
    return;
  }
  if (name === 'desk.css') send(response, DESK_CSS, 'text/css; charset=utf-8');
  else if (name === 'desk.js') send(response, DESK_SCRIPT, 'text/javascript; charset=utf-8');
  else if (name === 'look') await sendLook(asked, rest, answers);
  else {
    const page = await pageOf(name, query, answers);
    if (page === undefined) sendNotFound(response);
    else sendPage(asked, page);
  }
}

function pageOf(name: string, query: URLSearchParams, answers: Answers): Promise<string | undefined> {
  const given = (field: string) => query.get(field) ?? '';
  switch (name) {
    case '':
      return answers.stories(query);
    case 'story':
      return answers.story(given('id'), given('done'));
    case 'changes':
      return answers.changes(given('id'), given('from'), given('to'));
    case 'file':
      return answers.filing(given('prefix'));
    case 'filed':
      return answers.filed(given('batch'));
    default:
      return Promise.resolve(undefined);
  }
}

/** Sends a file of the preview of a story. It runs nothing, and shows in frames of the desk only. */
async function sendLook(
  { response }: GuardedRequest,
  [id = '', ...path]: readonly string[],
  answers: Answers,
): Promise<void> {
  const file = await answers.look(id, path.join('/'));
  if (file === undefined) {
    sendNotFound(response);
    return;
  }
  for (const [header, value] of Object.entries(SECURITY_HEADERS))
    if (header !== 'strict-transport-security') response.setHeader(header, value);
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('content-security-policy', framedPolicy(SECURITY_HEADERS['content-security-policy']));
  send(response, file.bytes, file.contentType);
}

function sendPage({ response }: GuardedRequest, page: string, status = 200): void {
  send(response, page, 'text/html; charset=utf-8', status);
}
