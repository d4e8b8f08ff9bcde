import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { story } from '../../support/copy.ts';
import { at, deliver, ferry, page, titles, until } from './at-desk.ts';

export function changingTests(): void {
  test('nothing is changed without being asked or told', async () => {
    const before = await ferry();
    const { code, stderr } = await at.run('withdraw', 'world/ferry.md');
    expect(code).toBe(2);
    expect(stderr).toMatch(/will be taken off the site of the laptop .* --yes does it without asking\.\n$/);
    expect(await ferry()).toEqual(before);
  });

  test('withdraw takes an article off every feed and its page, an upload does not bring it back, restore does', async () => {
    expect(await at.run('withdraw', 'world/ferry.md', '--yes')).toMatchObject({ code: 0, stderr: '' });
    expect(await titles()).toEqual(['Bridge opens']);
    const gone = await page();
    expect(gone.status).toBe(410);
    expect(await gone.text()).not.toContain('noon');
    expect(await at.run('publish', 'world/ferry.md')).toMatchObject({ code: 0, stderr: '' });
    const withdrawn = await ferry();

    await at.laptop.write({ 'world/ferry.md': story('Ferry sails', 'It left in the evening.') });
    await at.laptop.run('put', 'world/ferry.md', '--prefix', 'world', '--wait');
    const uploaded = await ferry();
    expect(uploaded.status).toBe('withdrawn');
    expect(uploaded.source.etag).not.toBe(withdrawn.source.etag);

    expect(await at.run('restore', 'world/ferry.md', '--yes')).toMatchObject({ code: 0 });
    expect(await titles()).toEqual(['Bridge opens', 'Ferry sails']);
    expect(await (await page()).text()).toContain('left in the evening');
    const again = await at.run('restore', 'world/ferry.md', '--yes');
    expect(again).toMatchObject({
      code: 2,
      stderr: 'copydesk: world/ferry.md is not withdrawn: it is live.\n',
    });
  });

  test('correct is a revision with a note, and stays when the same upload is read anew by a later parser', async () => {
    const before = await ferry();
    const { code, stdout } = await at.run(
      ...[
        'correct',
        'world/ferry.md',
        '--yes',
        '--headline',
        'Ferry sails at last',
        '--tags',
        'ferry, harbour',
      ],
      ...['--byline', 'Ada Byron and Mary Shelley', '--note', 'It had not sailed.'],
    );
    expect(stdout).toContain('+ Ferry sails at last');
    expect(code).toBe(0);
    const corrected = await ferry();
    expect(corrected).toMatchObject({
      headline: 'Ferry sails at last',
      correction: 'It had not sailed.',
      authors: [{ name: 'Ada Byron' }, { name: 'Mary Shelley' }],
      tags: ['ferry', 'harbour'],
      revision: before.revision + 1,
      permalink: before.permalink,
      guid: before.guid,
      edited: ['headline', 'authors', 'tags', 'correction'],
    });
    expect(corrected.updatedAt > before.updatedAt).toBe(true);
    expect(await titles()).toEqual(['Bridge opens', 'Ferry sails at last']);

    const told = await at.run('correct', 'world/ferry.md', '--yes', '--headline', 'Ferry sails at last');
    expect(told.stdout).toMatch(/says so already\.\n$/);
    expect(await ferry()).toEqual(corrected);
    expect(await at.run('correct', 'world/ferry.md', '--headline', ' ')).toMatchObject({ code: 2 });

    const older = { ...corrected, parserVersion: 'older', version: corrected.version + 1 };
    expect(await at.laptop.deployment.articles.replace(corrected, older)).toBe(true);
    await deliver(at.laptop, corrected.source.sequencer);
    await until(async () => (await ferry()).parserVersion !== 'older');
    expect(await ferry()).toMatchObject({
      headline: 'Ferry sails at last',
      revision: corrected.revision,
      edited: corrected.edited,
    });

    await at.laptop.write({ 'world/ferry.md': story('Ferry sails home') });
    await at.laptop.run('put', 'world/ferry.md', '--prefix', 'world', '--wait');
    const later = await ferry();
    expect(later).toMatchObject({ headline: 'Ferry sails home' });
    expect(later.edited).toBeUndefined();
    expect(later.warnings.join()).toContain('replaced what was corrected by hand: headline');
  });

  test('publish --rebuild says what it did, and publish of an article changes no word of it', async () => {
    const { left: _, ...before } = await ferry();
    expect(await at.run('publish', 'world/ferry.md')).toMatchObject({ code: 0 });
    expect(await ferry()).toEqual({ ...before, version: before.version + 1 });
    // The article counts twice if the publish before is not finished yet.
    expect((await at.run('publish', '--rebuild')).stdout).toMatch(
      /^What was checked is what the table says: [23] articles/,
    );
    expect((await at.run('publish', '--rebuild')).stdout).toMatch(/, 0 files written\.\n$/);
  });

  test('withdraw takes off every copy of a story, and restore of the one that was named undoes it', async () => {
    for (const name of ['one.md', 'two.md']) {
      await at.laptop.write({ [name]: story('Goat wins regatta', 'It had boarded the boat by mistake.') });
      await at.laptop.run('put', name, '--wait');
    }
    expect((await at.run('show', 'two.md')).stdout).toMatch(/^status +duplicate of one\.md$/m);
    expect((await at.run('show', 'one.md')).stdout).toMatch(/^duplicates +two\.md \(/m);
    expect((await at.run('list', '--status', 'duplicate')).stdout).toContain('(duplicate of one.md)');
    const killed = await at.run('withdraw', 'two.md', '--yes');
    expect(killed).toMatchObject({
      code: 0,
      stderr: 'note: two.md is a duplicate of one.md, which goes too.\n',
    });
    expect(killed.stdout).toContain('and gone from the site  one.md\n');
    expect(await titles()).not.toContain('Goat wins regatta');
    expect((await at.run('show', 'one.md')).stdout).toMatch(
      /^status +duplicate of two\.md, which an editor has withdrawn$/m,
    );
    expect(await at.run('restore', 'one.md', '--yes')).toMatchObject({
      code: 2,
      stderr:
        'copydesk: one.md is not withdrawn: it is a duplicate of two.md, which an editor has withdrawn: restore that.\n',
    });
    expect(await at.run('restore', 'two.md', '--yes')).toMatchObject({ code: 0 });
    expect(await titles()).toContain('Goat wins regatta');
    expect((await at.laptop.record('one.md'))?.status).toBe('duplicate');
  });

  test('restore undoes a kill for the copies when the file that was killed is gone', async () => {
    const { clients, outputs } = at.laptop.deployment;
    await at.run('withdraw', 'two.md', '--yes');
    await clients.s3.send(new DeleteObjectCommand({ Bucket: outputs.intakeBucket, Key: 'two.md' }));
    await until(async () => (await at.laptop.record('two.md'))?.status === 'deleted');
    expect((await at.laptop.record('one.md'))?.status).toBe('duplicate');
    const { code, stdout } = await at.run('restore', 'two.md', '--yes');
    expect([code, stdout]).toEqual([
      0,
      'restored  two.md, whose file is gone: a copy of the story can be shown again\n',
    ]);
    expect((await at.laptop.record('one.md'))?.status).toBe('live');
    expect(await at.run('restore', 'two.md', '--yes')).toMatchObject({ code: 2 });
    await at.run('withdraw', 'one.md', '--yes');
  });
}
