import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SQSClient,
  SQSServiceException,
} from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import { LIMITS, makeClient } from '../shared/aws/clients.ts';
import { LOOPBACK, listenError, refusal } from './common/listen.ts';
import { ACCOUNT, LOCAL_ACCESS, REGION } from './common/region.ts';

interface QueueSettings {
  name: string;
  /** The queue to which a message goes after it was received `maxReceiveCount` times. */
  deadLetter: { name: string; maxReceiveCount: number };
  /** Time for which a received message is hidden. */
  visibilitySeconds: number;
}

export interface SqsOptions {
  /** 0 means any free port. */
  port: number;
  queue: QueueSettings;
  /** Name of the queue for changes that could not be published. They wait there for a person. */
  failures: string;
}

export interface SqsServer {
  url: string;
  port: number;
  /** `http://127.0.0.1:PORT/000000000000/NAME` */
  queueUrl: string;
  queueArn: string;
  deadLetterUrl: string;
  /** The queue of changes that could not be published. */
  failuresUrl: string;
  close(): Promise<void>;
}

/** The queues and the client that made them. */
export interface SqsQueues extends Omit<SqsServer, 'url' | 'port'> {
  sqs: SQSClient;
}

/**
 * Starts an SQS server on loopback with one queue, its dead-letter queue and a queue for failures. Messages are kept in
 * memory. If the process dies they are lost, and must be made again from the bucket.
 * @throws PortInUseError
 */
export async function startSqs(options: SqsOptions): Promise<SqsServer> {
  const app = openApp();
  try {
    await app.listen({ host: LOOPBACK, port: options.port });
  } catch (cause) {
    throw listenError(cause, options.port);
  }
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  const url = `http://${LOOPBACK}:${port}`;
  const client = makeClient(SQSClient, LIMITS.loopback, { ...LOCAL_ACCESS, endpoint: url });
  try {
    return { url, port, ...(await createQueues(client, options)), close: async () => await app.close() };
  } finally {
    client.destroy();
  }
}

/** Opens the queues of {@link startSqs} without a server, with a client whose calls stay in this process. */
export async function openSqs(options: Omit<SqsOptions, 'port'>): Promise<SqsQueues> {
  const app = openApp();
  await app.ready();
  const sqs = makeClient(SQSClient, LIMITS.loopback, LOCAL_ACCESS);
  sqs.send = (async (command: object, { abortSignal }: { abortSignal?: AbortSignal } = {}) => {
    const { input } = command as { input: object };
    const answer = app.inject({
      method: 'POST',
      url: '/',
      headers: {
        host: `${LOOPBACK}:80`,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `AmazonSQS.${command.constructor.name.replace(/Command$/, '')}`,
      },
      payload: JSON.stringify(input),
    });
    const { statusCode, payload } = await (abortSignal ? unlessAborted(answer, abortSignal) : answer);
    const output = JSON.parse(payload) as { __type?: string; message?: string };
    const $metadata = { httpStatusCode: statusCode, attempts: 1, totalRetryDelay: 0 };
    if (statusCode === 200) return { ...output, $metadata };
    const name = output.__type?.split('#').at(-1) ?? 'InternalError';
    const $fault = statusCode < 500 ? 'client' : 'server';
    throw new SQSServiceException({ name, message: output.message ?? name, $fault, $metadata });
  }) as SQSClient['send'];
  return { sqs, ...(await createQueues(sqs, options)), close: async () => await app.close() };
}

/** Waits for work until the signal is aborted. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new DOMException('The call was aborted.', 'AbortError'));
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function openApp(): ReturnType<typeof buildApp> {
  const app = buildApp({ logger: false });
  app.addHook('onRequest', async (request, reply) => {
    const reason = refusal(request.headers, 'programs');
    if (reason !== undefined) await reply.code(403).type('text/plain; charset=utf-8').send(`${reason}\n`);
  });
  // fauxqs finds a queue only by the address that it made, and the host in that address does not resolve. The hooks
  // translate between that address and the one of this server.
  app.addHook('preHandler', async request => {
    const body: unknown = request.body;
    if (hasQueueUrl(body))
      body.QueueUrl = `http://sqs.${REGION}.localhost:${portOf(request.headers.host)}/${ACCOUNT}/${queueName(body.QueueUrl)}`;
  });
  app.addHook('preSerialization', async (request, _reply, payload) =>
    hasQueueUrl(payload)
      ? { ...payload, QueueUrl: `http://${request.headers.host}/${ACCOUNT}/${queueName(payload.QueueUrl)}` }
      : payload,
  );
  return app;
}

async function createQueues(
  client: SQSClient,
  { queue, failures }: Omit<SqsOptions, 'port'>,
): Promise<Pick<SqsServer, 'queueUrl' | 'queueArn' | 'deadLetterUrl' | 'failuresUrl'>> {
  const { name, deadLetter, visibilitySeconds } = queue;
  const deadLetterUrl = await createQueue(client, deadLetter.name, {});
  const deadLetterArn = await arnOf(client, deadLetterUrl);
  const queueUrl = await createQueue(client, name, {
    VisibilityTimeout: String(visibilitySeconds),
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: deadLetterArn,
      maxReceiveCount: deadLetter.maxReceiveCount,
    }),
  });
  const queueArn = await arnOf(client, queueUrl);
  return { queueUrl, queueArn, deadLetterUrl, failuresUrl: await createQueue(client, failures, {}) };
}

async function createQueue(
  client: SQSClient,
  name: string,
  attributes: Record<string, string>,
): Promise<string> {
  const { QueueUrl = '' } = await client.send(
    new CreateQueueCommand({ QueueName: name, Attributes: attributes }),
  );
  return QueueUrl;
}

async function arnOf(client: SQSClient, queueUrl: string): Promise<string> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
  );
  return Attributes?.QueueArn ?? '';
}

function hasQueueUrl(body: unknown): body is { QueueUrl: string } {
  return typeof body === 'object' && body !== null && 'QueueUrl' in body && typeof body.QueueUrl === 'string';
}

function queueName(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

function portOf(host: string | undefined): string {
  return (host ?? '').split(':')[1] ?? '80';
}
