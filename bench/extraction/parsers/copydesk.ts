import { parseArticle } from '../../../functions/ingest/parse.ts';
import type { Extract } from './extract.ts';

/** This project's own parser, through the same door as the pipeline. */
export async function load(): Promise<Extract> {
  return async ({ bytes, url }) => {
    const article = await parseArticle({ bytes, key: 'page.html', contentType: 'text/html', url });
    return {
      text: article.bodyText,
      html: article.bodyHtml,
      title: article.headline,
      author: article.authors.map(({ name }) => name).join(', '),
      published: article.publishedAt,
    };
  };
}
