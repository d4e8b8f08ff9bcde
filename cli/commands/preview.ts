import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isWithin } from '../../local/common/is-within.ts';
import { PortInUseError } from '../../local/common/listen.ts';
import { type ArticleRecord, isArticle } from '../../shared/model/article.ts';
import { mediaKindOf } from '../../shared/model/media-address.ts';
import { isThemeFile } from '../../shared/model/theme-file.ts';
import type { Settings } from '../../shared/settings/settings.ts';
import { filingMetadata } from '../bulk/filing.ts';
import { onInterruption } from '../bulk/interruption.ts';
import { namedFiles } from '../bulk/named-files.ts';
import { awsTrouble } from '../deployment/aws-trouble.ts';
import { type DeploymentOptions, withDeployment } from '../deployment/deployment.ts';
import { findRecord } from '../deployment/find.ts';
import { colours } from '../output/colours.ts';
import { EXIT } from '../output/exit-codes.ts';
import { type ResultOptions, type Results, resultsTo } from '../output/results.ts';
import { tell } from '../output/say.ts';
import { outcomeLine } from '../output/terminal.ts';
import { pathError, UsageError } from '../output/usage-error.ts';
import { otherWarnings, waitOf } from '../output/waiting.ts';
import { loadSettings } from '../pipeline/config.ts';
import type { FolderFile } from '../pipeline/folder.ts';
import type { Looked, PreviewEntry, PreviewServer } from '../preview/preview-server.ts';

interface PreviewOptions extends DeploymentOptions, ResultOptions {
  port: number;
  prefix?: string;
  config?: string;
}

/** Address of the site, if the settings name none: that of `npm start`. */
const DEFAULT_BASE_URL = 'http://127.0.0.1:8080';

/** The default inbox. A file in it has the key that the inbox gives it. */
const INBOX = 'inbox';

/** Number of files that are looked at before anybody opens them. Each takes a part of a second. */
const LOOKED_AT_START = 100;

/** `copydesk preview`: shows the pages of files or stored stories before they are public, until Ctrl-C. */
export async function preview(names: readonly string[], options: PreviewOptions): Promise<number> {
  const settings = loadSettings(options.config);
  const { stack, region, profile, local, state } = options;
  if ([stack, region, profile, local, state].some(option => option !== undefined))
    return previewStored(names, settings, options);
  const missing: string[] = [];
  for (const name of names) if (!(await exists(name))) missing.push(name);
  if (missing.length < names.length) return previewFiles(await storiesIn(names, options), settings, options);
  return previewStored(names, settings, options).catch((error: unknown) => {
    const { message } = awsTrouble(error) ?? (error as Error);
    throw new UsageError(`There is no file ${names[0]}, and no stored story was found: ${message}`, error);
  });
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** The stories among the named files and in the named folders. @throws UsageError if there are none */
async function storiesIn(
  names: readonly string[],
  { prefix }: Pick<PreviewOptions, 'prefix'>,
): Promise<FolderFile[]> {
  const files = await namedFiles(names, prefix);
  const stories = files.filter(({ key }) => mediaKindOf(key) === undefined && !isThemeFile(key));
  if (stories.length === 0)
    throw new UsageError(`There is no story in ${names.join(', ')}: a picture is shown with its story.`);
  return prefix === undefined ? await Promise.all(stories.map(withInboxKey)) : stories;
}

async function previewStored(
  names: readonly string[],
  settings: Settings,
  options: PreviewOptions,
): Promise<number> {
  return withDeployment(options, async deployment => {
    const found = new Map<string, ArticleRecord>();
    for (const name of names) {
      const record = await findRecord(deployment, name);
      found.set(record.id, record);
    }
    // Loading the pipeline is slow, so mistakes are reported first.
    const { storedPreview } = await import('../preview/stored-story.ts');
    const entries = [...found.values()].map(({ id, source: { key } }) => ({
      name: key,
      key,
      make: async () => storedPreview(deployment, await findRecord(deployment, id), settings),
    }));
    return serve(entries, { ...options, origin: 'stored', timeZone: settings.articles.timeZone });
  });
}

async function withInboxKey(file: FolderFile): Promise<FolderFile> {
  const inbox = await realpath(INBOX).catch(() => undefined);
  const place = await realpath(file.file);
  if (inbox === undefined || !isWithin(place, inbox)) return file;
  return { ...file, key: path.relative(inbox, place).split(path.sep).join('/').normalize('NFC') };
}

async function previewFiles(
  files: readonly FolderFile[],
  settings: Settings,
  options: PreviewOptions,
): Promise<number> {
  const filing = filingMetadata({ ...options }, files.length);
  const [{ previewOf }, { filesNear, lookFolderOf, readPreviewed }, { followFiles }] = await Promise.all([
    import('../preview/preview-page.ts'),
    import('../preview/disk-files.ts'),
    import('../preview/follow-files.ts'),
  ]);
  const maxBytes = settings.limits.mediaBytes;
  const entries = files.map(file => ({
    name: file.file,
    key: file.key,
    make: async () => {
      const lookFolder = await lookFolderOf([path.dirname(file.file), INBOX, '.']);
      const nearby = filesNear(file, { lookFolder, maxBytes });
      const read = await readPreviewed(file, filing).catch((error: unknown) => {
        throw (error as NodeJS.ErrnoException).code ? pathError('The file', file.file, error) : error;
      });
      return previewOf(read, { settings, baseUrl: DEFAULT_BASE_URL, nearby });
    },
  }));
  return serve(entries, {
    ...options,
    origin: 'file',
    timeZone: settings.articles.timeZone,
    follow: onSaved =>
      followFiles(
        files.map(({ file }) => file),
        saved => onSaved(files.findIndex(({ file }) => file === saved)),
        { onError: error => tell(`The files cannot be followed: ${(error as Error).message}`) },
      ),
  });
}

interface ServeOptions extends ResultOptions {
  port: number;
  origin: 'file' | 'stored';
  timeZone: string;
  follow?(onSaved: (index: number) => void): Promise<() => Promise<void>>;
}

/** Serves the previews until Ctrl-C. */
async function serve(
  entries: readonly (PreviewEntry & { key: string })[],
  options: ServeOptions,
): Promise<number> {
  const { origin, timeZone } = options;
  const results = resultsTo(options);
  const interruption = onInterruption();
  const { startPreviewServer } = await import('../preview/preview-server.ts');
  const server = await startPreviewServer({
    port: options.port,
    entries,
    ...{ origin, timeZone, onError: (error: unknown) => tell((error as Error).message) },
  }).catch((error: unknown) => {
    if (!(error instanceof PortInUseError)) throw error;
    throw new UsageError(
      `Port ${error.port} is in use by another program; choose another with --port.`,
      error,
    );
  });
  const report = (index: number, looked: Looked) =>
    results.result(...resultOf(entries[index]?.key ?? '', looked, timeZone));
  let work: Promise<void> = Promise.resolve();
  const later = (task: () => Promise<void>) => {
    work = work.then(task).catch(error => tell((error as Error).message));
  };
  const unfollow = await options.follow?.(index =>
    later(async () => report(index, await server.changed(index))),
  );
  welcome(server, results, origin);
  for (const [index] of entries.slice(0, LOOKED_AT_START).entries())
    later(async () => {
      if (!interruption.signal.aborted) report(index, await server.look(index));
    });
  await stopped(interruption.signal);
  interruption.done();
  await unfollow?.();
  await work;
  await server.close();
  return EXIT.ok;
}

function welcome({ url }: PreviewServer, results: Results, origin: ServeOptions['origin']): void {
  results.result({ url }, `${colours.bold('Preview')}  ${url}`);
  results.text(
    colours.dim(
      `${origin === 'file' ? 'The page follows the file. ' : ''}Only this machine can open the address. Ctrl-C ends it.`,
    ),
  );
}

function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** The fields and the line of what a file became. */
function resultOf(key: string, looked: Looked, timeZone: string): [fields: object, line: string] {
  if ('problem' in looked) {
    const failed = { outcome: 'failed', key, reason: looked.problem };
    return [failed, outcomeLine(failed)];
  }
  const { record } = looked.preview;
  const outcome = {
    outcome: record.status,
    key,
    headline: isArticle(record) ? record.headline : undefined,
    reason: record.status === 'rejected' ? record.reason.message : undefined,
    wait: waitOf(record, timeZone),
    warnings: 'warnings' in record ? otherWarnings(record) : [],
  };
  const { wait, ...fields } = outcome;
  return [{ ...fields, waits: wait }, outcomeLine(outcome)];
}
