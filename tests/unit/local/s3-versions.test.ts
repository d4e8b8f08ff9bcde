import { DeleteObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { type S3Harness, startHarness } from './s3-harness.ts';

let harness: S3Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

test('all versions are listed, by key and the latest first, however short the pages', async () => {
  const { s3 } = harness;
  const put = async (Key: string) =>
    (await s3.send(new PutObjectCommand({ Bucket: 'intake', Key, Body: 'copy' }))).VersionId;
  const remove = async (Key: string) =>
    (await s3.send(new DeleteObjectCommand({ Bucket: 'intake', Key }))).VersionId;
  const first = await put('a b/1.txt');
  const second = await put('a b/1.txt');
  const marker = await remove('a b/1.txt');
  const other = await put('a b/1.txt.bak');
  await put('b.txt');
  const expected = [
    ['a b/1.txt', marker, true],
    ['a b/1.txt', second, false],
    ['a b/1.txt', first, false],
    ['a b/1.txt.bak', other, true],
  ];
  for (const MaxKeys of [1, 2, 3, 1_000]) {
    const found: unknown[] = [];
    let next: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    while (next !== undefined) {
      const page: Awaited<ReturnType<typeof list>> = await list({ MaxKeys, ...next });
      const entries = [...(page.DeleteMarkers ?? []), ...(page.Versions ?? [])];
      expect(entries.length).toBeLessThanOrEqual(MaxKeys);
      found.push(...entries.map(({ Key, VersionId, IsLatest }) => [Key, VersionId, IsLatest]));
      next = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
        : undefined;
    }
    expect(found).toEqual(expected);
  }

  function list(options: { MaxKeys: number; KeyMarker?: string; VersionIdMarker?: string }) {
    return s3.send(new ListObjectVersionsCommand({ Bucket: 'intake', Prefix: 'a ', ...options }));
  }
});
