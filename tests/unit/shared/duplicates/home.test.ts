import { changeArticle } from '../../../../cli/deployment/change.ts';
import { homeOf } from '../../../../shared/duplicates/home.ts';
import { moveAway } from '../../../../shared/duplicates/promote.ts';
import { articleId } from '../../../../shared/model/identity.ts';
import { instant, source } from '../../../support/articles.ts';
import { copyOf, NOW, story, useGroupTable } from '../../../support/duplicate-groups.ts';

/** What an event of a file finds that another function is moving. */

const table = useGroupTable();
const [OLD, NEW] = ['old.md', 'new.md'].map(key => articleId('copydesk', key)) as [string, string];
const DELETED = { bucket: 'intake', sequencer: '02', at: instant(3) };

async function holders(): Promise<Record<string, string>> {
  const held: [string, string][] = [];
  for await (const { id, source } of table.articles.all()) held.push([source.key, id]);
  expect(held.map(([key]) => key).sort()).toEqual(['new.md', 'old.md']);
  return Object.fromEntries(held);
}

const leaver = story(OLD, 1, { source: source({ key: 'old.md', uploadedAt: instant(1) }) });
const mover = copyOf(OLD, NEW, 2, { source: source({ key: 'new.md', uploadedAt: instant(2) }) });
beforeEach(async () => {
  await table.canonical(OLD);
  await table.put(leaver, mover);
  await table.waits(mover);
});

const moving = () => moveAway(table.articles, leaver, DELETED, NOW);

test('an event that comes before the file has moved stops the move, so that no file is in two records', async () => {
  table.justBefore(`PutItem article#${OLD} record`, () => homeOf(table.articles, 'new.md', NOW));
  expect(await moving()).toBeUndefined();
  expect(await holders()).toEqual({ 'old.md': OLD, 'new.md': NEW });
  expect(await homeOf(table.articles, 'new.md', NOW)).toMatchObject({ id: NEW });
});

test('a kill of the file waits for the move, so that no kill is lost with the record that the file leaves', async () => {
  const kill = () =>
    changeArticle(table.articles, NEW, article => ({ ...article, status: 'withdrawn' }), NOW);
  // Here no pause waits for the end of the move.
  table.justBefore(`PutItem article#${OLD} record`, () =>
    expect(kill()).rejects.toMatchObject({ code: 'contention' }),
  );
  expect(await moving()).toMatchObject({ id: OLD, status: 'live', source: { key: 'new.md' } });
  expect(await holders()).toEqual({ 'old.md': NEW, 'new.md': OLD });
  expect(await table.articles.groups.killers('G')).toEqual([]);
});

test('an event that comes after the file has moved finishes the move', async () => {
  table.justBefore(`PutItem article#${NEW} record`, () => homeOf(table.articles, 'new.md', NOW), 1);
  expect(await moving()).toMatchObject({ id: OLD, status: 'live', source: { key: 'new.md' } });
  expect(await holders()).toEqual({ 'old.md': NEW, 'new.md': OLD });
  expect(await homeOf(table.articles, 'new.md', NOW)).toMatchObject({ id: OLD });
});

test('readers find a file where it still is, though a move of it has failed', async () => {
  table.justBefore(`PutItem article#${OLD} record`, () => table.put({ ...leaver, version: 2 }));
  expect(await moving()).toBeUndefined();
  expect((await table.articles.find('new.md')).id).toBe(NEW);
  expect((await table.articles.getByKeys(['new.md'])).get('new.md')?.id).toBe(NEW);
});
