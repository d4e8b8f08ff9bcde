import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArticle } from '../../../functions/ingest/parse.ts';
import { readMembers } from '../../../functions/ingest/zip/members.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import { makeZip } from '../../support/zip.ts';

// A case is a folder: the files of a zip, what is expected of each, and why.md.
const CASES = path.resolve('tests/fixtures/zip');

test.each(readdirSync(CASES))('zip %s', async name => {
  const folder = path.join(CASES, name);
  const files = path.join(folder, 'files');
  const packed = readdirSync(files, { recursive: true, encoding: 'utf8' })
    .filter(file => statSync(path.join(files, file)).isFile())
    .map(file => ({ name: file.replaceAll(path.sep, '/'), content: readFileSync(path.join(files, file)) }));
  const { members, skipped } = await readMembers(makeZip(packed));
  const expected = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')) as {
    members: Record<string, object>;
    skipped: object[];
  };
  const parsed = await Promise.all(
    members.map(async member => [member.name, await articleOf(member.bytes, `desk/${member.name}`)] as const),
  );
  expect(members.map(member => member.name)).toEqual(Object.keys(expected.members));
  expect(Object.fromEntries(parsed)).toMatchObject(expected.members);
  expect(skipped).toEqual(expected.skipped);
  expect(readFileSync(path.join(folder, 'why.md'), 'utf8').trim()).not.toBe('');
});

async function articleOf(bytes: Uint8Array, key: string): Promise<object> {
  try {
    return await parseArticle({ bytes, key });
  } catch (error) {
    if (error instanceof Rejection) return { rejected: error.code };
    throw error;
  }
}
