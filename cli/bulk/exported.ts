import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { exportedCancellations, type ItemCancellation } from '../../functions/ingest/record/cancellations.ts';
import type { Bucket } from '../../shared/aws/bucket.ts';
import { CopydeskError } from '../../shared/errors/errors.ts';
import { ArticleRecord, isArticle, isKilled } from '../../shared/model/article.ts';
import type { Articles } from '../../shared/table/articles.ts';
import type { Kill } from '../../shared/table/duplicate-groups.ts';

/**
 * Makes a line of an export: a record in JSON with its body, the duplicate groups that its kill covers, and its
 * cancellations. A body that is too large for the table is read from the storage bucket.
 * @throws CopydeskError `body-missing` if the bucket does not hold the body
 */
export async function lineOf(record: ArticleRecord, articles: Articles, storage: Bucket): Promise<string> {
  const kills = isKilled(record) ? await articles.groups.kills(record.id) : [];
  const cancellations = isArticle(record) ? await exportedCancellations(articles, record) : [];
  const exported = {
    ...record,
    ...(kills.length > 0 && { kills }),
    ...(cancellations.length > 0 && { cancellations }),
  };
  if (!isArticle(record) || record.bodyKey === undefined) return `${JSON.stringify(exported)}\n`;
  const body = await storage.get(record.bodyKey);
  if (body === undefined)
    throw new CopydeskError('body-missing', `The storage bucket has no body of ${record.source.key}.`, {
      subject: record.bodyKey,
    });
  return `${JSON.stringify({ ...exported, bodyHtml: Buffer.from(body.bytes).toString('utf8') })}\n`;
}

export interface Exported {
  record: ArticleRecord;
  /** A body for the storage bucket. Its key is the record's `bodyKey`. */
  largeBody?: string;
  kills?: Kill[];
  cancellations?: ItemCancellation[];
}

const Kills = z.optional(
  z.array(z.object({ group: z.string(), since: z.string(), nearHash: z.optional(z.string()) })),
);

const Cancellations = z.optional(
  z.array(
    z.object({
      item: z.string(),
      by: z.string(),
      key: z.string(),
      order: z.string(),
      version: z.optional(z.number()),
    }),
  ),
);

/** Reads a line of an export. Returns a problem, in one sentence, if the line is not valid. */
export function readLine(line: string): Exported | { problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { problem: 'It is not JSON.' };
  }
  const result = ArticleRecord.safeParse(json);
  const beside = json as { kills?: unknown; cancellations?: unknown } | null;
  const kills = Kills.safeParse(beside?.kills);
  const cancellations = Cancellations.safeParse(beside?.cancellations);
  if (!result.success) {
    const [issue] = result.error.issues;
    return { problem: `It is no record: ${issue?.path.join('.')}: ${issue?.message}.` };
  }
  if (!kills.success) return { problem: 'Its "kills" are not those of an export.' };
  if (!cancellations.success) return { problem: 'Its "cancellations" are not those of an export.' };
  const record = result.data;
  const read = {
    record,
    ...(kills.data && { kills: kills.data }),
    ...(cancellations.data && { cancellations: cancellations.data }),
  };
  if (!isArticle(record) || record.bodyKey === undefined) return read;
  const { bodyHtml, ...rest } = record;
  if (bodyHtml === undefined) return { problem: `The body of ${record.source.key} is missing.` };
  const digest = createHash('sha256').update(bodyHtml).digest('hex');
  // The body of a moved file can still be under the id of the record that the file left.
  if (!/^bodies\/[a-z2-7]{16}\//.test(record.bodyKey) || !record.bodyKey.endsWith(`/${digest}.html`))
    return { problem: `The body of ${record.source.key} is not the one that its record names.` };
  return { ...read, record: rest, largeBody: bodyHtml };
}
