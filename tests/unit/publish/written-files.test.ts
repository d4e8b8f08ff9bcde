import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { MemoryS3 } from '../../../bench/publish/memory-s3.ts';
import { MemoryTable } from '../../../bench/publish/memory-table.ts';
import { DIRECT } from '../../../bench/publish/wire.ts';
import { publishChanges } from '../../../functions/publish/jobs/publish-changes.ts';
import { changeTo } from '../../../functions/publish/model/change.ts';
import { Bucket } from '../../../shared/aws/bucket.ts';
import { recordKey } from '../../../shared/table/article-item.ts';
import { Articles } from '../../../shared/table/articles.ts';
import { POSITION_SK } from '../../../shared/table/keys.ts';
import { article } from '../../support/articles.ts';
import { SITE } from '../feeds/sample.ts';

const IDS = ['id1', 'id2', 'id3'];

test('the number of written files has the files of all articles that leave the site side by side', async () => {
  const { client: table } = new MemoryTable({ name: 'articles', wire: DIRECT });
  const { client: s3 } = new MemoryS3({ wire: DIRECT });
  const articles = new Articles(table, 'articles', { namespace: 'copydesk' });
  let written = 0;
  const deps = {
    ...{ articles, storage: new Bucket(s3, 'storage'), siteBucket: new Bucket(s3, 'site'), site: SITE },
    onBroken: (error: Error) => {
      throw error;
    },
    now: () => '2026-11-28T12:00:00.000Z',
    onWritten: () => written++,
  };
  const made = IDS.map(id => article({ id, permalink: `articles/${id}.html` }));
  for (const each of made) await articles.replace(undefined, each);
  const publish = () =>
    publishChanges(
      made.map(({ id }) => changeTo(id)),
      deps,
    );
  expect((await publish()).files).toBe(written);
  // As in a table that was restored to an earlier time, only the pages tell where the articles stand.
  for (const each of made) {
    await table.send(
      new DeleteCommand({ TableName: 'articles', Key: { ...recordKey(each.id), sk: POSITION_SK } }),
    );
    await articles.replace(each, { ...each, status: 'withdrawn', version: 2 });
  }
  written = 0;
  const { files } = await publish();
  expect(files).toBeGreaterThan(IDS.length);
  expect(files).toBe(written);
});
