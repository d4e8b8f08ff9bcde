import { statfs } from 'node:fs/promises';
import { sep } from 'node:path';
import type { ErrorCode } from '../shared/errors/error-codes.ts';
import { CopydeskError } from '../shared/errors/errors.ts';
import { BrokenRecordError } from './s3/store/bucket-files.ts';

/** Free space below which a failed write of the database means a full disk. The database writes files of megabytes. */
const MIN_FREE_BYTES = 4_000_000;

const FAULTS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  EIO: 'the disk fails',
};

/**
 * Explains a failure of the disk or of the stored state: what is affected and what to do.
 * @returns undefined for all other errors
 */
export async function storageTrouble(error: unknown, dir: string): Promise<CopydeskError | undefined> {
  const chain = causesOf(error);
  const told = (code: ErrorCode, message: string) =>
    new CopydeskError(code, message, { subject: dir, cause: error });
  const codes = chain.map(each => each.code ?? '');
  if (codes.some(code => code === 'ENOSPC' || code === 'EDQUOT')) return told('disk-full', diskFull(dir));
  const broken = chain.find(each => each instanceof BrokenRecordError);
  if (broken) return told('broken-record', brokenRecord(broken));
  if (codes.includes('LEVEL_LOCKED'))
    return told('state-in-use', `The database ${dir}/dynamodb is in use by another process: end it first.`);
  if (codes.some(code => code === 'LEVEL_CORRUPTION' || code === 'LEVEL_DECODING_ERROR'))
    return told('database-damaged', damaged(dir));
  if (codes.includes('LEVEL_IO_ERROR'))
    return (await isFull(dir)) ? told('disk-full', diskFull(dir)) : told('database-damaged', damaged(dir));
  const fault = chain.find(
    each => each.code !== undefined && (each.code in FAULTS || each.path !== undefined),
  );
  if (fault === undefined) return undefined;
  const reason = FAULTS[fault.code ?? ''] ?? fault.message;
  return told(
    'state-unusable',
    `The state folder ${dir} cannot be used: ${reason} (${fault.path ?? fault.syscall}).`,
  );
}

function diskFull(dir: string): string {
  return `The disk is full: nothing more can be written to ${dir}. Files that were accepted are safe. Free some space and start again.`;
}

function damaged(dir: string): string {
  return `The database ${dir}/dynamodb is damaged: no article can be read or changed. "npm start -- --repair" keeps the readable data and rebuilds the rest from the files in ${dir}/s3.`;
}

function brokenRecord({ key, file }: BrokenRecordError): string {
  const what =
    key === undefined ? `The record ${file} is damaged` : `The record of ${key} is damaged (${file})`;
  const isIntake = file.split(sep).includes('intake');
  const then = isIntake ? 'moves it away; then upload that file again' : 'moves it away and makes it again';
  return `${what}, so nothing is started. "npm start -- --repair" ${then}.`;
}

async function isFull(dir: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize < MIN_FREE_BYTES;
}

function causesOf(error: unknown): NodeJS.ErrnoException[] {
  const chain: NodeJS.ErrnoException[] = [];
  for (let each = error; each instanceof Error && !chain.includes(each); each = each.cause) chain.push(each);
  return chain;
}
