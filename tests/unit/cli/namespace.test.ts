import { MemoryTable } from '../../../bench/publish/memory-table.ts';
import { DIRECT } from '../../../bench/publish/wire.ts';
import { namespace as check } from '../../../cli/doctor/content/namespace.ts';
import { articleId } from '../../../shared/model/identity.ts';
import { Articles } from '../../../shared/table/articles.ts';
import { article, source } from '../../support/articles.ts';

const { client } = new MemoryTable({ name: 'articles', wire: DIRECT });
const at = (namespace: string) => new Articles(client, 'articles', { namespace });

/** What doctor says of a deployment with this namespace. */
const said = (namespace: string) => check({ articles: at(namespace) });

/** Stores the article of a key as a deployment with this namespace does. */
async function stored(namespace: string, key: string, publishedAt: string): Promise<void> {
  const id = articleId(namespace, key);
  await at(namespace).replace(
    undefined,
    article({ id, source: source({ key }), publishedAt, permalink: `articles/x-${id}.html` }),
  );
}

test('doctor notices articles of another namespace, also if newer ones are of the present one', async () => {
  expect(await said('copydesk')).toMatchObject({ state: 'ok' });
  await stored('intake', 'world/old.md', '2026-10-01T00:00:00.000Z');
  expect(await said('intake')).toMatchObject({ state: 'ok', says: 'ids are made from "intake"' });
  // The source of the record names the bucket "intake", from which an older version made the id.
  expect(await said('copydesk')).toMatchObject({
    state: 'fail',
    says: 'the id of world/old.md is not made from the namespace "copydesk"',
    todo: 'Set articles.namespace to "intake", and deploy.',
  });
  await stored('copydesk', 'world/new.md', '2026-11-01T00:00:00.000Z');
  expect(await said('copydesk')).toMatchObject({ state: 'fail' });
  expect(await said('intake')).toMatchObject({
    state: 'fail',
    todo: 'Set articles.namespace to what it was when the articles came, and deploy.',
  });
});
