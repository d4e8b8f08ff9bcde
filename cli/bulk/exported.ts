import { createHash } from 'node:crypto';
import { ArticleRecord, isArticle } from '../../shared/article.ts';
import { CopydeskError } from '../../shared/errors.ts';
import type { Bucket } from '../../shared/objects.ts';

/**
 * A line of an export: a record in JSON, with its body also where that is too large for the table and lies in the
 * archive bucket.
 * @throws CopydeskError `body-missing` where the archive has lost it
 */
export async function lineOf(record: ArticleRecord, archive: Bucket): Promise<string> {
  if (!isArticle(record) || record.bodyKey === undefined) return `${JSON.stringify(record)}\n`;
  const body = await archive.get(record.bodyKey);
  if (body === undefined)
    throw new CopydeskError('body-missing', `The archive has lost the body of ${record.source.key}.`, {
      subject: record.bodyKey,
    });
  return `${JSON.stringify({ ...record, bodyHtml: Buffer.from(body.bytes).toString('utf8') })}\n`;
}

/** What a line of an export holds. */
export interface Exported {
  record: ArticleRecord;
  /** A body that is to lie in the archive bucket, under the record's `bodyKey`. */
  largeBody?: string;
}

/** Reads a line of an export, or says what is wrong with it. */
export function readLine(line: string): Exported | { problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { problem: 'It is not JSON.' };
  }
  const result = ArticleRecord.safeParse(json);
  if (!result.success) {
    const [issue] = result.error.issues;
    return { problem: `It is no record: ${issue?.path.join('.')}: ${issue?.message}.` };
  }
  const record = result.data;
  if (!isArticle(record) || record.bodyKey === undefined) return { record };
  const { bodyHtml, ...rest } = record;
  if (bodyHtml === undefined) return { problem: `The body of ${record.source.key} is missing.` };
  const digest = createHash('sha256').update(bodyHtml).digest('hex');
  if (record.bodyKey !== `bodies/${record.id}/${digest}.html`)
    return { problem: `The body of ${record.source.key} is not the one that its record names.` };
  return { record: rest, largeBody: bodyHtml };
}
