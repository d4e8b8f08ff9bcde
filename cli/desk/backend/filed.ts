import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pMap from 'p-map';
import { slug } from '../../../shared/model/slug.ts';
import { isSystemFile, isSystemFolder } from '../../../shared/model/system-files.ts';
import { checkFilings, filingMetadata } from '../../bulk/filing.ts';
import { sendFiles } from '../../bulk/send-files.ts';
import { waitForFiles } from '../../bulk/wait-for-files.ts';
import { awsTrouble } from '../../deployment/aws-trouble.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import type { FileOutcome } from '../../output/terminal.ts';
import { UsageError } from '../../output/usage-error.ts';
import type { FolderFile } from '../../pipeline/folder.ts';
import type { Fields } from './desk-actions.ts';
import type { SentForm } from './sent-form.ts';

/** Files that were filed together. */
export interface Batch {
  id: number;
  /** Folder of the bucket for the files. */
  prefix: string;
  /** Options of `put` about the copy. */
  options: Fields;
  files: FiledFile[];
}

/** A filed file. It has no outcome while it is read and published. */
interface FiledFile {
  key: string;
  outcome?: FileOutcome;
}

/** Maximum length of a key in S3, in bytes. */
const MAX_KEY_BYTES = 1_024;

const CONCURRENCY = 8;

/** Seconds without progress after which a file counts as failed: the default of `put --wait`. */
const PATIENCE_SECONDS = 120;

/** Fields of the form that are options of `put`. */
const FILING_FIELDS = ['section', 'publishAt', 'byline', 'tags'] as const;

/**
 * Files the files of a form as `copydesk put --wait` does: with the same keys, metadata and outcomes. It returns when all
 * are uploaded. The outcomes come later.
 * @param batch the batch to which the files are added
 * @throws UsageError if nothing can be filed
 */
export async function fileForm(
  deployment: Deployment,
  { fields, files }: SentForm,
  batch: Batch,
  signal: AbortSignal,
): Promise<void> {
  const options = Object.fromEntries(
    FILING_FIELDS.flatMap(name => (fields[name]?.trim() ? [[name, fields[name].trim()]] : [])),
  );
  checkFilings(options);
  const prefix = partsOf(fields.prefix ?? '').join('/');
  const named = new Map<string, Uint8Array>();
  for (const file of files) {
    // The script sends the path below a dropped folder in a field of its own.
    const key = keyOf(files.length === 1 && fields.path ? fields.path : file.name, prefix);
    if (key !== undefined) named.set(key, new Uint8Array(await file.arrayBuffer()));
  }
  if (fields.text?.trim())
    named.set(await keyOfText(deployment, fields.text, prefix), Buffer.from(fields.text));
  if (named.size === 0) throw new UsageError('There is no file: choose one, or paste a text.');
  const metadata = filingMetadata(options, named.size);
  Object.assign(batch, { prefix, options });
  const dir = await mkdtemp(path.join(tmpdir(), 'copydesk-desk-'));
  try {
    const found: FolderFile[] = [];
    for (const [key, bytes] of named) {
      // The name of the file on this disk is not that of the upload, which nobody has checked.
      const file = path.join(dir, String(found.length));
      await writeFile(file, bytes);
      found.push({ key, file });
    }
    const sent = await sendFiles(found, {
      s3: deployment.clients.s3,
      bucket: deployment.intake.name,
      ...{ metadata, signal, concurrency: CONCURRENCY, onDone: () => undefined },
    });
    if (sent.stoppedBy !== undefined) throw awsTrouble(sent.stoppedBy) ?? sent.stoppedBy;
    for (const { key, reason } of sent.unread)
      batch.files.push({ key, outcome: { outcome: 'failed', key, reason } });
    // The uploads end in any order.
    const order = [...named.keys()];
    sent.files.sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
    const waiting = sent.files.map(file => {
      const filed: FiledFile = { key: file.key };
      batch.files.push(filed);
      return { file, filed };
    });
    void pMap(
      waiting,
      async ({ file, filed }) => {
        const options = { deployment, patience: PATIENCE_SECONDS, signal, onDone: () => undefined };
        const [outcome] = await waitForFiles([file], options).catch((error: unknown) => [
          { outcome: 'failed', key: file.key, reason: (awsTrouble(error) ?? (error as Error)).message },
        ]);
        if (outcome !== undefined) filed.outcome = outcome;
      },
      { concurrency: CONCURRENCY },
    );
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/**
 * The key of an uploaded file: its name or its path below a dropped folder. The name comes from the browser, so that
 * nothing of it is trusted.
 * @returns undefined for the files of systems and editors, as in `put`
 */
function keyOf(name: string, prefix: string): string | undefined {
  const parts = partsOf(name);
  const file = parts.at(-1);
  if (file === undefined || isSystemFile(file) || parts.slice(0, -1).some(isSystemFolder)) return undefined;
  const key = [...partsOf(prefix), ...parts].join('/');
  if (Buffer.byteLength(key) > MAX_KEY_BYTES)
    throw new UsageError(`The key ${key.slice(0, 60)}… is longer than S3 takes, ${MAX_KEY_BYTES} bytes.`);
  return key;
}

function partsOf(text: string): string[] {
  return text
    .normalize('NFC')
    .split(/[/\\]/)
    .map(part => part.replace(/\p{Cc}/gu, '').trim())
    .filter(part => part !== '' && part !== '.' && part !== '..');
}

const MAX_NAMES = 100;

/** A key for a pasted text, from its first line, that no file has. */
async function keyOfText(deployment: Deployment, text: string, prefix: string): Promise<string> {
  const [first = ''] = text.trim().split('\n', 1);
  const name = slug(first.replace(/^#+ /, ''), 'pasted', 'en');
  for (let at = 1; at <= MAX_NAMES; at++) {
    const key = keyOf(`${name}${at === 1 ? '' : `-${at}`}.md`, prefix) ?? '';
    if ((await deployment.intake.head(key)) === undefined) return key;
  }
  throw new UsageError(`There are ${MAX_NAMES} files ${name}.md: give the text another first line.`);
}

/** Maximum number of files that the shown command names. */
const MAX_NAMED = 5;

/** The command that files a batch, without the options of the deployment. */
export function wordsOf({ prefix, options, files }: Batch): string[] {
  const names = files.map(({ key }) => (prefix === '' ? key : key.slice(prefix.length + 1)));
  return [
    'put',
    ...names.slice(0, MAX_NAMED),
    ...(names.length > MAX_NAMED ? ['…'] : []),
    ...(prefix === '' ? [] : ['--prefix', prefix]),
    ...Object.entries(options).flatMap(([name, text]) => [
      name === 'publishAt' ? '--publish-at' : `--${name}`,
      text,
    ]),
    '--wait',
  ];
}
