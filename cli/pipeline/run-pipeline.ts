import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { SITE_FILES } from '../../functions/publish/content/addresses.ts';
import { runBulkHere } from '../../local/bulk-run.ts';
import { PortInUseError } from '../../local/common/listen.ts';
import { type LocalHandlers, localHandlers } from '../../local/handlers.ts';
import { type Inbox, watchInbox } from '../../local/inbox/inbox.ts';
import { inboxBucket } from '../../local/inbox/inbox-bucket.ts';
import { recover } from '../../local/recover.ts';
import type { RunningServices } from '../../local/service-types.ts';
import { startServices } from '../../local/services.ts';
import { readSiteBucket, type SiteServer, startSiteServer } from '../../local/site-server.ts';
import { DEFAULT_STATE } from '../../local/state-dir.ts';
import { storageTrouble } from '../../local/storage-trouble.ts';
import type { Settings } from '../../shared/settings/settings.ts';
import { SECURITY_HEADERS } from '../../shared/stack/response-headers.ts';
import { colours } from '../output/colours.ts';
import { EXIT } from '../output/exit-codes.ts';
import { outcomeLine } from '../output/terminal.ts';
import { UsageError } from '../output/usage-error.ts';
import { filesBelow } from './folder.ts';
import { outcomeLog } from './outcome-log.ts';
import { uploadTo } from './upload.ts';

/** A server that runs beside the pipeline. */
export interface BesideServer {
  url: string;
  close(): Promise<void>;
}

/** Options of `copydesk start`. */
export interface PipelineOptions {
  port: number;
  s3Port: number;
  state: string;
  inbox: string;
  follow?: boolean;
  samples: boolean;
  repair?: boolean;
}

const SAMPLES = fileURLToPath(new URL('../../samples', import.meta.url));

/** Time after a disk fault until the process ends. The database may never close after such a fault. */
const EXIT_AFTER_FAULT_MS = 1_000;

/**
 * Runs the whole pipeline until Ctrl-C.
 * @param openDesk starts the desk when the services run
 * @returns the exit code
 * @throws CopydeskError if the disk fails or is full
 */
export async function runPipeline(
  options: PipelineOptions,
  settings: Settings,
  openDesk: () => Promise<BesideServer>,
): Promise<number> {
  const stopped = stopSignal();
  const disk = watchDisk(options.state);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const site = await portOrSentence('--port', () => reserveSite(options.port));
  const { services, handlers } = await Promise.race([
    portOrSentence('--s3-port', () => run(options, settings, site, say, disk.told)),
    disk.failed,
  ]).catch(async error => {
    await site.server.close();
    throw (await storageTrouble(error, options.state)) ?? error;
  });
  let inbox: Inbox | undefined;
  let desk: BesideServer | undefined;
  let isUnfinished = true;
  const work = async () => {
    inbox = await openInbox(options, services, say);
    desk = await openDesk();
    say(welcome({ site: site.server.url, s3: services.endpoints.s3, desk: desk.url }, options));
    isUnfinished = !(await firstWork(services, handlers, options, say));
    await services.idle();
    say(colours.dim('Ready. Ctrl-C stops.'));
  };
  await Promise.race([work().then(() => stopped, disk.fail), stopped, disk.failed]);
  say(colours.dim('Stopping: finishing what is under way.'));
  const close = async () => {
    await desk?.close();
    await inbox?.close();
    await services.close({ isUnfinished });
    await site.server.close();
  };
  await Promise.race([close(), disk.failed]);
  return EXIT.ok;
}

/** Watches for disk faults in all parts of the pipeline, and for other errors that end it. */
function watchDisk(state: string): {
  failed: Promise<never>;
  fail: (error: unknown) => void;
  /** Reports an error that may be a disk fault. */
  told: (error: unknown) => void;
} {
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = error => {
      reject(error);
      setTimeout(() => process.exit(EXIT.usage), EXIT_AFTER_FAULT_MS).unref();
    };
  });
  failed.catch(() => undefined);
  // The embedded database throws some errors where they cannot be caught.
  process.on(
    'uncaughtException',
    error => void storageTrouble(error, state).then(known => fail(known ?? error)),
  );
  const told = (error: unknown) =>
    void storageTrouble(error, state).then(known => {
      if (known) fail(known);
    });
  return { failed, fail, told };
}

/** Opens the port of the site first, because every feed holds the address of the site. */
async function reserveSite(
  port: number,
): Promise<{ server: SiteServer; open(services: RunningServices): void }> {
  let read: ReturnType<typeof readSiteBucket> | undefined;
  const server = await startSiteServer({
    port,
    read: async key => read?.(key),
    headers: SECURITY_HEADERS,
  });
  return {
    server,
    open: ({ s3, buckets }) => {
      read = readSiteBucket(s3, buckets.site);
    },
  };
}

async function run(
  options: PipelineOptions,
  settings: Settings,
  site: Awaited<ReturnType<typeof reserveSite>>,
  say: (line: string) => void,
  onDiskFault: (error: unknown) => void,
): Promise<{ services: RunningServices; handlers: LocalHandlers }> {
  const log = outcomeLog(
    {
      file: outcome => {
        if (outcome.outcome !== 'unchanged' && outcome.outcome !== 'stale') say(outcomeLine(outcome));
      },
      released: message => say(colours.yellow(message)),
      trouble: message => say(colours.yellow(message)),
    },
    settings.articles.timeZone,
  );
  let handlers: LocalHandlers | undefined;
  const services = await startServices({
    stateDir: options.state,
    ...(options.repair && {
      repair: { onMoved: file => say(colours.yellow(`Damaged, moved away: ${file}`)) },
    }),
    ports: { s3: options.s3Port },
    siteUrl: site.server.url,
    namespace: settings.articles.namespace,
    noticeDays: settings.feeds.noticeDays,
    handlers: local => {
      handlers = localHandlers(local, { settings, baseUrl: site.server.url, log });
      return handlers;
    },
    onError: (error, where) => {
      onDiskFault(error);
      if (where === 's3' || where === 'tick') say(colours.yellow(`${where}: ${(error as Error).message}`));
    },
  });
  site.open(services);
  if (handlers === undefined) throw new Error('The services started without handlers.');
  return { services, handlers };
}

/**
 * Does the first work of a run: the files of the site, the samples on a first run, and recovery after an unclean stop.
 * @returns false if something could not be published
 */
async function firstWork(
  services: RunningServices,
  handlers: LocalHandlers,
  { samples, repair }: Pick<PipelineOptions, 'samples' | 'repair'>,
  say: (line: string) => void,
): Promise<boolean> {
  const { publishDeps } = handlers;
  const isNew = (await publishDeps.siteBucket.head('index.html')) === undefined;
  const madeFor = await addressOf(publishDeps);
  // A failed tick is reported, and the next tick tries again.
  await handlers.tick().catch(error => say(colours.yellow(`tick: ${(error as Error).message}`)));
  const publishAnew = (work: () => Promise<unknown>) =>
    work().then(
      () => true,
      error => {
        say(colours.yellow(`Not everything was published anew: ${(error as Error).message}`));
        return false;
      },
    );
  if (repair)
    say(
      colours.yellow(
        'Check the articles that editors had withdrawn: if the damage lost a kill, withdraw the article again.',
      ),
    );
  if (services.wasUnclean) {
    say(colours.yellow('The last run did not stop cleanly: looking for what it left unfinished.'));
    return publishAnew(() => recover(services, handlers));
  }
  const upload = uploadTo(services.s3, services.buckets.intake);
  if (isNew && samples) for (const { key, file } of await filesBelow(SAMPLES)) await upload(key, file);
  else if (!isNew && (await addressOf(publishDeps)) !== madeFor) {
    say(colours.yellow('The site has another address now: writing its files anew.'));
    return publishAnew(() => runBulkHere({ kind: 'publish' }, handlers));
  }
  return true;
}

/** Returns the ETag of robots.txt. It changes with the address of the site and with nothing else. */
async function addressOf({ siteBucket }: LocalHandlers['publishDeps']): Promise<string | undefined> {
  return (await siteBucket.head(SITE_FILES.robots))?.etag;
}

async function openInbox(
  { inbox: dir, follow }: PipelineOptions,
  services: RunningServices,
  say: (line: string) => void,
) {
  return watchInbox({
    dir,
    follow,
    bucket: inboxBucket(services),
    onLink: file =>
      say(
        colours.yellow(`The link ${file} leads out of the inbox and is passed over; --follow includes it.`),
      ),
    onHeldBack: sentence => say(colours.yellow(sentence)),
    onError: (error, key) => say(outcomeLine({ outcome: 'failed', key, reason: (error as Error).message })),
  });
}

/** Makes the welcome text: the addresses of the pipeline, and the ways to upload copy. */
function welcome(
  { site, s3, desk }: { site: string; s3: string; desk: string },
  { inbox, state }: PipelineOptions,
): string {
  const row = (name: string, text: string) => `  ${colours.bold(name.padEnd(8))}${text}`;
  // Without --state, `put` looks in the default folder only.
  const where = state === DEFAULT_STATE ? '' : ` --state ${JSON.stringify(state)}`;
  return [
    colours.bold('Copydesk is running.'),
    row('Site', `${site}/`),
    row('Feeds', `${site}/feed.xml  atom.xml  feed.json`),
    row('Desk', `${desk}  for editors; the address is secret`),
    row('Inbox', `${inbox}${path.sep}  every file saved here is uploaded`),
    row('Upload', `npx copydesk put FILE --prefix world${where}`),
    row('S3', `${s3}  bucket intake, any access key and secret`),
    '',
  ].join('\n');
}

async function portOrSentence<T>(option: string, begin: () => Promise<T>): Promise<T> {
  try {
    return await begin();
  } catch (error) {
    if (!(error instanceof PortInUseError)) throw error;
    throw new UsageError(
      `Port ${error.port} is in use by another program; choose another with ${option}.`,
      error,
    );
  }
}

/** Resolves at SIGINT (Ctrl-C) or SIGTERM. A second one ends the process at once. */
async function stopSignal(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}
