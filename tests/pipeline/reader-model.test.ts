import fc from 'fast-check';
import type { Copy } from '../support/newsroom.ts';
import { NEWSROOM_COMMANDS } from '../support/newsroom-commands.ts';
import { NewsroomDesk } from '../support/newsroom-desk.ts';

/** Random edits that every run makes at least, however busy the machine. */
const LEAST_EDITS = 60;

/** Seconds of further ones: none with every run of the tests, many (`READER_MODEL_SECONDS=600`) on a quiet night. */
const SECONDS = Number(process.env.READER_MODEL_SECONDS ?? 0);

/** `{"seed":…,"path":"…","replayPath":"…"}`, as fast-check prints them of what failed. */
const { replayPath, ...REPLAY }: { seed?: number; path?: string; replayPath?: string } = JSON.parse(
  process.env.READER_MODEL_REPLAY ?? '{}',
);

/**
 * What is done in one run at most; those that cannot be done at their turn are left out. Without further seconds the runs
 * are short, so that they end soon after the least edits.
 */
const MOST_COMMANDS = SECONDS > 0 ? 300 : 60;

/** Seconds in which a failure is made smaller. */
const SHRINKING = 120;

jest.setTimeout((SECONDS + SHRINKING + 60) * 1000);

test('a reader sees what the newsroom has made public: all of it, once, and nothing else', async () => {
  let edits = 0;
  let end = performance.now() + SECONDS * 1000;
  let failed = false;
  const days = fc.commands<NewsroomDesk, NewsroomDesk, true>([NEWSROOM_COMMANDS], {
    maxCommands: MOST_COMMANDS,
    size: 'max',
    ...(replayPath && { replayPath }),
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(3, 50), days, async (window, commands) => {
      if (performance.now() > end && (failed || edits >= LEAST_EDITS)) return;
      const desk = await NewsroomDesk.open(window);
      try {
        await fc.asyncModelRun(async () => ({ model: desk, real: desk }), commands);
        await desk.settle();
        edits += desk.edits;
      } catch (error) {
        if (!failed) end = performance.now() + SHRINKING * 1000;
        failed = true;
        throw error;
      } finally {
        jest.restoreAllMocks();
        await desk.close();
      }
    }),
    { ...REPLAY, numRuns: 1_000 },
  );
  if (REPLAY.path !== undefined) return;
  expect(edits).toBeGreaterThanOrEqual(LEAST_EDITS);
});

/** What the random days, and readings of the code after them, have found, as the shortest days that show it. */
describe('found so', () => {
  let desk: NewsroomDesk;
  beforeEach(async () => {
    desk = await NewsroomDesk.open(50);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await desk.close();
  });

  const STORY = { headline: 1, text: 1, section: 'World', tags: [], date: '2026-11-01T09:00:00.000Z' };
  const OTHER = { ...STORY, headline: 2, text: 2 };

  async function file(key: string, copy: Copy): Promise<void> {
    await desk.put(key, copy);
    await desk.deliver(desk.pending.length - 1);
  }

  async function twoMinutesPass(): Promise<void> {
    desk.pass(120);
    await desk.order('tick');
  }

  test('a duplicate that has expired does not keep the next one from taking its place', async () => {
    await file('a.md', STORY);
    await file('b.md', { ...STORY, expires: desk.instant(60) });
    await file('c.md', STORY);
    await twoMinutesPass();
    await file('a.md', OTHER);
    await desk.settle();
  });

  test('an expired story that is filed again, and is a duplicate now, takes its place in the row', async () => {
    await file('a.md', { ...STORY, expires: desk.instant(60) });
    await file('b.md', STORY);
    await twoMinutesPass();
    await file('a.md', STORY);
    await file('b.md', OTHER);
    await desk.settle();
  });

  test('a file that was deleted and comes back with another text says that it is new', async () => {
    await file('a.md', STORY);
    await desk.settle();
    await desk.delete('a.md');
    await file('a.md', OTHER);
    await desk.settle();
  });
});
