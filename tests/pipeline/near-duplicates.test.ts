import { type Desk, startDesk } from '../support/desk.ts';

const SENTENCES = [
  'The harbour bridge will open in spring, a year earlier than planned.',
  'Crossing it will cost half of what had been announced, the council said on Thursday.',
  'The bridge links the old town with the outer islands, which until now only a ferry has reached.',
  'Its builders had counted on seven years of work and needed six.',
  'The ferry line said that it would go on sailing at weekends for as long as people asked for it.',
  'Nobody on the islands had expected to live to see the day, said a woman who had sold tickets for forty years.',
];

function story({
  byline = 'Ada Quill',
  text = SENTENCES.join(' '),
  title = 'Bridge opens early',
} = {}): string {
  return `---\ntitle: ${title}\nauthor: ${byline}\n---\n\n${text}\n`;
}

const MENDED = story({ byline: 'Tomas Brandt', text: SENTENCES.join(' ').replace('Nobody', 'No one') });

let desk: Desk;
afterEach(() => desk.close());

test('the same story with another byline and a word changed is noted, and shown', async () => {
  desk = await startDesk();
  await desk.put('world/a.md', story());
  await desk.settle();
  await desk.put('business/b.md', MENDED);
  await desk.settle();
  const first = await desk.record('world/a.md');
  const second = await desk.record('business/b.md');
  expect(second).toMatchObject({ status: 'live', nearDuplicateOf: first?.id });
  expect(second && 'warnings' in second ? second.warnings : []).toContain(
    'Nearly the same as “Bridge opens early” (world/a.md).',
  );
  expect(first).not.toHaveProperty('nearDuplicateOf');
  expect(await desk.feed()).toHaveLength(2);
});

test('where the settings say so only the first is shown, and the second takes its place', async () => {
  desk = await startDesk({ settings: { duplicates: { near: 'hide' } } });
  await desk.put('world/a.md', story());
  await desk.settle();
  await desk.put('business/b.md', MENDED);
  await desk.settle();
  expect(await desk.record('business/b.md')).toMatchObject({ status: 'duplicate' });
  expect(await desk.feed()).toHaveLength(1);
  await desk.remove('world/a.md');
  await desk.settle();
  expect(await desk.record('business/b.md')).toMatchObject({ status: 'live' });
  expect(await desk.feed()).toHaveLength(1);
});

test('a corrected story is not a duplicate of itself, nor of what it was', async () => {
  desk = await startDesk({ settings: { duplicates: { near: 'hide' } } });
  await desk.put('world/a.md', story());
  await desk.settle();
  await desk.put('world/a.md', MENDED);
  await desk.settle();
  expect(await desk.record('world/a.md')).toMatchObject({ status: 'live', revision: 2 });
  await desk.put(
    'world/a.md',
    story({ text: 'Quite another story about the weather at sea, in which nothing is the same.' }),
  );
  await desk.settle();
  await desk.put('world/c.md', story({ title: 'Another headline' }));
  await desk.settle();
  expect(await desk.record('world/c.md')).toMatchObject({ status: 'live' });
});

test('another story of the same length is not', async () => {
  desk = await startDesk();
  await desk.put('world/a.md', story());
  await desk.put(
    'world/b.md',
    story({
      title: 'Theatre',
      text: SENTENCES.join(' ').replaceAll(/[a-z]{4,}/g, word => [...word].reverse().join('')),
    }),
  );
  await desk.settle();
  for (const key of ['world/a.md', 'world/b.md'])
    expect(await desk.record(key)).not.toHaveProperty('nearDuplicateOf');
});
