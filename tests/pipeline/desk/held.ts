import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { story } from '../../support/copy.ts';
import { at, titles } from './at-desk.ts';

export function heldTests(): void {
  const HELD = /held: “draft: true” holds the story\. .*npx copydesk release/;
  const file = (key: string, statement: string, text?: string) =>
    at.laptop.write({ [key]: story('Well found', text).replace('---\n', `---\n${statement}\n`) });
  const put = (key: string) => at.run('put', key, '--prefix', 'town', '--wait');
  const found = () => at.laptop.record('town/well.md') as Promise<Article>;

  test('are shown with their reason wherever editors look, and nowhere else', async () => {
    await file('well.md', 'draft: true', 'A well was found below the old market on Monday.');
    await file('later.md', 'embargo: 2098-12-01 08:00', 'The market opens again in two years.');
    const told = await put('well.md');
    expect(told.stdout).toMatch(/0 live, 0 duplicate, 0 rejected, 0 failed, 1 held\n$/);
    expect(told.stderr).toMatch(HELD);
    await put('later.md');
    expect((await found()).status).toBe('held');

    const due = 'scheduled: due 2098-12-01 08:00 (UTC)';
    const listed = (await at.run('list')).stdout;
    expect(listed).toMatch(/^held .*Well found +held: “draft: true” holds the story\./m);
    expect(listed).toContain(due);
    const only = (await at.run('list', '--status', 'held', '--json')).stdout.trim().split('\n');
    expect(only.map(line => (JSON.parse(line) as ArticleRecord).source.key)).toEqual(['town/well.md']);
    const shown = (await at.run('show', 'town/well.md')).stdout;
    expect(shown).toMatch(HELD);
    expect(shown).not.toMatch(/^warnings/m);
    expect(shown).toMatch(/^page +not on the site$/m);
    expect((await at.run('show', 'town/later.md')).stdout).toContain(due);
    const status = (await at.run('status')).stdout;
    expect(status).toMatch(/^held +1\n +town\/well\.md: “draft: true” holds the story/m);
    expect(status).toMatch(/^scheduled +1\n +town\/later\.md: due 2098-12-01 08:00 \(UTC\)$/m);
    expect(JSON.parse((await at.run('status', '--json')).stdout)).toMatchObject({
      held: 1,
      oldestHeld: [{ key: 'town/well.md', hold: (await found()).hold }],
      scheduled: 1,
      nextScheduled: [{ key: 'town/later.md', due: '2098-12-01T08:00:00.000Z' }],
    });
    expect(await titles()).not.toContain('Well found');
  });

  test('release publishes one, and the same statement does not hold it again', async () => {
    const { code, stdout } = await at.run('release', 'town/well.md');
    expect(stdout).toBe('released  town/well.md "Well found"\nand on the site  town/well.md\n');
    expect(code).toBe(0);
    expect(await titles()).toContain('Well found');
    expect(await found()).toMatchObject({ status: 'live', warnings: [] });
    expect((await at.run('list', '--status', 'held')).stdout).toBe('Nothing to list.\n');

    await file('well.md', 'draft: true', 'A well was found below the old market on Tuesday.');
    expect((await put('well.md')).stdout).toMatch(/^1 live,/m);
    await file('well.md', 'status: hold', 'A well was found below the old market on Tuesday.');
    expect((await put('well.md')).stdout).toMatch(/, 1 held$/m);
    await at.laptop.becomes(async () => !(await titles()).includes('Well found'));
    await file('well.md', 'tags: wells', 'A well was found below the old market on Tuesday.');
    expect((await put('well.md')).stdout).toMatch(/^1 live,/m);
  });

  test('hold takes a story off the site with its copies, and no upload brings it back', async () => {
    const text = 'A fox was seen below the old market on Friday evening.';
    await at.laptop.write({ 'fox.md': story('A fox', text), 'den.md': story('A fox', text) });
    await put('fox.md');
    expect((await put('den.md')).stdout).toMatch(/1 duplicate/);
    const fox = () => at.laptop.record('town/fox.md') as Promise<Article>;
    const told = await at.run('hold', 'town/fox.md', '--reason', 'Is it a dog?', '--yes');
    expect(told.stderr).toBe('note: town/den.md is a copy of the same story, and is held too.\n');
    expect(told.stdout).toBe('held  town/fox.md "A fox"\nand not on the site  town/fox.md\n');
    expect(told.code).toBe(0);
    expect(await titles()).not.toContain('A fox');
    const { publishedAt } = await fox();

    await at.laptop.write({ 'fox.md': story('A red fox', text) });
    expect((await put('fox.md')).stderr).toMatch(/held: An editor holds the story: Is it a dog\? It is held/);
    expect(await titles()).not.toContain('A red fox');
    expect((await at.run('hold', 'town/fox.md', '--reason', 'Is it a dog?', '--yes')).stdout).toBe(
      'town/fox.md "A red fox" is held already.\n',
    );
    expect((await at.run('release', 'town/fox.md')).code).toBe(0);
    expect(await titles()).toContain('A red fox');
    expect((await fox()).publishedAt >= publishedAt).toBe(true);
    expect((await at.run('hold', 'town/den.md', '--yes')).code).toBe(0);
  });

  test('correct gives a story that waits another time, which a later upload without one does not shorten', async () => {
    const text = 'The fair opens on the green again in the spring.';
    await at.laptop.write({
      'fair.md': story('A fair', text).replace('---\n', '---\nembargo: 2098-12-01\n'),
    });
    await put('fair.md');
    const fair = () => at.laptop.record('town/fair.md') as Promise<Article>;
    const correct = (time: string) => at.run('correct', 'town/fair.md', '--publish-at', time, '--yes');
    expect((await correct('2099-01-01T06:00Z')).stdout).toMatch(
      /^embargoUntil\n {2}- 2098-12-01T00:00:00.000Z\n/,
    );
    expect(await fair()).toMatchObject({
      status: 'scheduled',
      embargoUntil: '2099-01-01T06:00:00.000Z',
      publishedAt: '2099-01-01T06:00:00.000Z',
    });
    await at.laptop.write({ 'fair.md': story('A fair', `${text} So say its friends.`) });
    expect((await put('fair.md')).stdout).toMatch(/1 scheduled/);
    expect((await correct('perhaps')).stderr).toMatch(/^copydesk: --publish-at "perhaps" is no date/);
    expect((await correct('none')).code).toBe(0);
    expect(await fair()).toMatchObject({ status: 'live' });
    expect(await titles()).toContain('A fair');
    expect((await correct('2099-01-01')).stderr).toMatch(
      /town\/fair\.md is live: only a story that is scheduled/,
    );
  });

  test('restore overrules a cancellation, and release publishes no item without words', async () => {
    const item = (fields: object) => JSON.stringify({ uri: 'urn:mill', ...fields });
    const text = { headline: 'Mill sold', body_text: 'The old mill by the harbour was sold on Monday.' };
    await at.laptop.write({
      'mill.json': item({ pubstatus: 'usable', type: 'text', ...text }),
      'kill.json': item({ pubstatus: 'canceled' }),
      'later.json': item({ uri: 'urn:weir', pubstatus: 'withheld' }),
    });
    await put('mill.json');
    expect(await titles()).toContain('Mill sold');
    const told = await put('kill.json');
    expect(told.stderr).toContain('It withdraws “town/mill.json”.');
    await at.laptop.becomes(async () => !(await titles()).includes('Mill sold'));
    expect((await at.run('show', 'town/mill.json')).stdout).toMatch(/^status +withdrawn, by another file$/m);
    expect((await at.run('release', 'town/mill.json')).stderr).toMatch(
      /another file cancels it, and "copydesk restore"/,
    );
    expect(await at.run('restore', 'town/mill.json', '--yes')).toMatchObject({ code: 0 });
    expect(await titles()).toContain('Mill sold');
    expect(await at.laptop.record('town/mill.json')).toMatchObject({ status: 'live', warnings: [] });

    await put('later.json');
    expect(await at.run('release', 'town/later.json')).toMatchObject({
      code: 2,
      stderr: 'copydesk: town/later.json has no words that could be published: upload the story.\n',
    });
  });

  test.each([
    ['world/ferry.md', 0, /^world\/ferry\.md ".*" is live: nothing holds it\.\n$/],
    [
      'town/later.md',
      2,
      /^copydesk: town\/later\.md is not held: it is scheduled, due 2098-12-01 08:00 \(UTC\); to change that, upload it again [^\n]*\.\n$/,
    ],
    ['one.md', 2, /^copydesk: one\.md is not held: an editor withdrew it, [^\n]*restore[^\n]*\.\n$/],
    ['town/empty.txt', 2, /^copydesk: town\/empty\.txt is a rejected file, and no article\.\n$/],
    ['town/none.txt', 2, /^copydesk: There is no article [^\n]*\n$/],
  ])('release of %s says what it is and changes nothing', async (key, code, said) => {
    const before = await at.laptop.record(key);
    const run = await at.run('release', key);
    expect(run.code).toBe(code);
    expect(run.stdout + run.stderr).toMatch(said);
    expect(await at.laptop.record(key)).toEqual(before);
  });
}
