import { changeArticle } from '../../cli/deployment/change.ts';
import { settleChangedGroups } from '../../functions/publish/receive/changed-groups.ts';
import type { Article } from '../../shared/model/article.ts';
import { articleId } from '../../shared/model/identity.ts';
import { type FunctionSettings, readSettings } from '../../shared/settings/settings.ts';
import { type Desk, startDesk } from '../support/desk.ts';

/** What files say of themselves hides no other file; what an editor kills is killed in every copy. */

const WORDS = 'harbour basin island ferry council winter library railway valley hotel bridge plough'.split(
  ' ',
);

/** A story that no other test tells, long enough to have a fingerprint; `change` replaces its last word. */
function textOf(name: string, change = ''): string {
  const sentences = Array.from(
    { length: 40 },
    (_, at) => `the ${WORDS[at % 12]} of ${name} had ${at * 7} visitors`,
  );
  return `On Thursday ${sentences.join(', and ')}${change}.`;
}

function copyOf(name: string, line = '', change = ''): string {
  return `---\ntitle: ${name}\n${line ? `${line}\n` : ''}---\n\n${textOf(name, change)}\n`;
}

let desk: Desk;
let duplicates: FunctionSettings['duplicates'];
const inMinutes = (minutes: number) => new Date(Date.parse(desk.now) + minutes * 60_000).toISOString();

async function file(key: string, copy: string): Promise<void> {
  expect(await desk.deliver(await desk.put(key, copy))).toEqual([]);
  await settleGroups();
}

async function remove(key: string): Promise<void> {
  expect(await desk.deliver(await desk.remove(key))).toEqual([]);
  await settleGroups();
}

/** What the publish function does of changes before it publishes them. */
async function settleGroups(): Promise<void> {
  const { articles, changes } = desk;
  while (changes.length > 0)
    await settleChangedGroups(changes.splice(0), { articles, duplicates, now: () => desk.now });
}

async function minutesPass(minutes: number): Promise<void> {
  desk.now = inMinutes(minutes);
  await desk.publish({ copydesk: 'tick' });
  await settleGroups();
}

async function inConsole(key: string, status: string): Promise<void> {
  await desk.edit(articleId('copydesk', key), { status });
  await settleGroups();
}

async function byCommand(key: string, status: 'withdrawn' | 'live'): Promise<void> {
  const changed = (article: Article): Article => ({ ...article, status });
  await changeArticle(desk.articles, articleId('copydesk', key), changed, desk.now);
  await settleGroups();
}

async function statusOf(...keys: string[]): Promise<(string | undefined)[]> {
  return Promise.all(keys.map(async key => (await desk.record(key))?.status));
}

describe.each([
  ['equal', 'note', ''],
  ['nearly equal', 'hide', ', and a dog'],
])('of %s stories (near: %s)', (kind, near, change) => {
  const story = (name: string) => `${kind} ${name}`.replaceAll(' ', '-');
  beforeAll(async () => {
    const settings = { duplicates: { near } };
    duplicates = readSettings(settings).duplicates;
    desk = await startDesk({ settings });
  });
  afterAll(() => desk.close());

  test.each([
    ['scheduled', () => `embargo: ${inMinutes(60)}`],
    ['held', () => 'embargo: some day'],
    ['withdrawn', () => 'status: withdrawn'],
    ['expired', () => `expires: ${inMinutes(-60)}`],
  ])('one that is %s by its file hides no other one', async (name, line) => {
    const [guest, national, third] = [`guest/${name}.md`, `national/${name}.md`, `third/${name}.md`];
    await file(guest, copyOf(story(name), line()));
    await file(national, copyOf(story(name), '', change));
    expect(await statusOf(guest, national)).toEqual([name === 'expired' ? 'withdrawn' : name, 'live']);
    // Nor does it wait in the row.
    await remove(national);
    expect(await statusOf(guest)).toEqual([name === 'expired' ? 'withdrawn' : name]);
    await file(third, copyOf(story(name), '', change));
    expect(await statusOf(third)).toEqual(['live']);
  });

  test('one whose embargo ends is a duplicate of the one that is live, and is promoted when that goes', async () => {
    await file('guest/due.md', copyOf(story('due'), `embargo: ${inMinutes(5)}`));
    await file('national/due.md', copyOf(story('due'), '', change));
    await minutesPass(6);
    const national = await desk.record('national/due.md');
    expect(await desk.record('guest/due.md')).toMatchObject({
      status: 'duplicate',
      duplicateOf: national?.id,
    });
    await remove('national/due.md');
    expect(await statusOf('guest/due.md')).toEqual(['live']);
  });

  test.each(['expires', 'embargo', 'hold'])(
    'one that is live and is given “%s” makes room for a copy',
    async name => {
      const [a, b] = [`a/${name}.md`, `b/${name}.md`];
      await file(a, copyOf(story(name), name === 'expires' ? `expires: ${inMinutes(5)}` : ''));
      await file(b, copyOf(story(name), '', change));
      expect(await statusOf(a, b)).toEqual(['live', 'duplicate']);
      if (name === 'expires') await minutesPass(6);
      else
        await file(
          a,
          copyOf(story(name), name === 'hold' ? 'embargo: some day' : `embargo: ${inMinutes(5)}`),
        );
      expect(await statusOf(b)).toEqual(['live']);
      if (name === 'embargo') await minutesPass(6);
      expect(await statusOf(a, b)).toEqual([
        { expires: 'withdrawn', embargo: 'duplicate', hold: 'held' }[name],
        'live',
      ]);
    },
  );

  test.each([
    ['in the console', inConsole],
    ['by a command', byCommand],
  ])('a kill %s covers copies that are there, and later ones, until it is undone', async (how, set) => {
    const [a, b, c] = ['a', 'b', 'c'].map(folder => `${folder}/${how.replaceAll(' ', '-')}.md`) as [
      string,
      string,
      string,
    ];
    const name = story(how.replaceAll(' ', '-'));
    await file(a, copyOf(name));
    await file(b, copyOf(name, '', change));
    // The copy that is not shown.
    await set(b, 'withdrawn');
    expect(await statusOf(a, b)).toEqual(['duplicate', 'withdrawn']);
    await remove(b);
    await file(c, copyOf(name, '', change));
    expect(await statusOf(a, b, c)).toEqual(['duplicate', 'deleted', 'duplicate']);
    await file(b, copyOf('Something else', '', how));
    expect(await statusOf(a, b, c)).toEqual(['duplicate', 'withdrawn', 'duplicate']);
    await set(b, 'live');
    expect(await statusOf(a, b, c)).toEqual(['live', 'live', 'duplicate']);
    await remove(b);
  });

  test('what is uploaded to a killed file takes no other file off the site', async () => {
    await file('guest/killed.md', copyOf(story('killed-first')));
    await inConsole('guest/killed.md', 'withdrawn');
    await file('national/killed.md', copyOf(story('killed-later')));
    await file('guest/killed.md', copyOf(story('killed-later'), '', change));
    expect(await statusOf('guest/killed.md', 'national/killed.md')).toEqual(['withdrawn', 'live']);
    await file('third/killed.md', copyOf(story('killed-first'), '', change));
    expect(await statusOf('third/killed.md')).toEqual(['duplicate']);
  });
});
