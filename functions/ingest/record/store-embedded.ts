import { createHash } from 'node:crypto';
import type { EmbeddedFile, Source } from '../../../shared/model/article.ts';
import type { IngestDeps } from '../model/ingest-deps.ts';
import { storeMedia } from './store-media.ts';

/**
 * Stores the pictures and recordings that a file itself holds, before its article, so that the article is published
 * once and with them. One after the other, because together they would need too much memory.
 */
export async function storeEmbedded(
  files: readonly EmbeddedFile[],
  source: Source,
  deps: IngestDeps,
): Promise<void> {
  for (const { key, bytes } of files) {
    deps.requireTime?.(source.key);
    const { contentType: _, savedAt: __, format: ___, charset: ____, mail: _____, ...rest } = source;
    const embedded: Source = {
      ...rest,
      key,
      etag: createHash('md5').update(bytes).digest('hex'),
      size: bytes.length,
      memberOf: source.memberOf ?? source.key,
    };
    await storeMedia(deps.articles.idOf(key), embedded, bytes, deps);
  }
}
