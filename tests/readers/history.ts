import type { Steps } from '../deploy/steps.ts';
import { bulletinHeadline, bulletins, CORRECTED_TEXT, HEADLINES, keyOf, plain, type Story } from './copy.ts';
import type { Paper } from './paper.ts';
import type { Reader, Shown } from './reader.ts';
import { markRead, poll, type Subscriber, subscribe } from './subscribers.ts';
import * as verdicts from './verdicts.ts';

/** The columns of the tables, in order. */
export const ENTRY_COLUMNS = {
  title: 'title with markup',
  authors: 'two authors',
  noByline: 'no byline',
  recordings: 'two recordings',
  hebrew: 'Hebrew',
  arabic: 'Arabic',
  video: 'embedded video',
  long: 'long read',
} as const;

export const CHANGE_COLUMNS = {
  unchanged: 'new after an unchanged republish',
  corrected: 'correction shown',
  correctedAfter120: 'correction shown, after 120 others',
  correctedAfter240: 'correction shown, after 240 others',
  killed: 'withdrawn',
  killedAfter240: 'withdrawn, after 240 others',
  deleted: 'deleted',
  restored: 'withdrawn and restored',
  backdated: 'back-dated shown',
  daily: 'of 120 between two polls',
} as const;

type Column = keyof typeof ENTRY_COLUMNS | keyof typeof CHANGE_COLUMNS;

/** What was measured of a subscriber. */
export type Cells = Map<Column, string>;

const BULLETINS = 120;

/** Changes a site and polls it with every reader. */
export class History {
  readonly cells = new Map<Subscriber, Cells>();
  readonly #paper: Paper;
  readonly #steps: Steps;
  readonly #subscribers: readonly Subscriber[];
  /** Ids of the stories in each reader: headlines change. */
  readonly #ids = new Map<Subscriber, Map<Story, string>>();

  private constructor(paper: Paper, steps: Steps, subscribers: readonly Subscriber[]) {
    this.#paper = paper;
    this.#steps = steps;
    this.#subscribers = subscribers;
    for (const subscriber of subscribers) this.cells.set(subscriber, new Map());
  }

  /** Runs all of it on a site with the first stories. */
  static async run(
    paper: Paper,
    readers: readonly Reader[],
    { steps, work }: { steps: Steps; work: string },
  ): Promise<History> {
    const subscribers = await steps.do('Subscriptions', () => subscribe(readers, paper.site, work));
    const history = new History(paper, steps, subscribers);
    await history.#firstPoll();
    await history.#unchanged();
    await history.#changes();
    await history.#bulletins();
    await history.#late();
    return history;
  }

  async #firstPoll(): Promise<void> {
    const shown = await this.#poll('The first poll');
    for (const [subscriber, entries] of shown) {
      const ids = new Map<Story, string>();
      for (const story of Object.keys(HEADLINES) as Story[]) {
        const id = entries.find(({ title }) => isTitle(title, story))?.id;
        if (id !== undefined) ids.set(story, id);
      }
      this.#ids.set(subscriber, ids);
    }
    this.#measure(shown, 'title', 'markup', verdicts.titleWithMarkup);
    this.#measure(shown, 'authors', 'duet', verdicts.twoAuthors);
    this.#measure(shown, 'noByline', 'noByline', verdicts.withoutByline);
    this.#measure(shown, 'recordings', 'tides', verdicts.twoRecordings);
    this.#measure(shown, 'hebrew', 'hebrew', verdicts.rightToLeft('אמר מנהל הנמל'));
    this.#measure(shown, 'arabic', 'arabic', verdicts.rightToLeft('وقال مدير الميناء'));
    this.#measure(shown, 'long', 'long', verdicts.longRead);
    this.#measure(shown, 'video', 'video', verdicts.embeddedVideo);
  }

  async #unchanged(): Promise<void> {
    const before = await this.#poll('A poll without a change');
    await markRead(this.#subscribers);
    await this.#steps.do('Everything is published again', () => this.#paper.publishAll());
    for (const [subscriber, entries] of await this.#poll('A poll after that')) {
      const found = verdicts.difference(before.get(subscriber) ?? [], entries);
      this.#say(subscriber, 'unchanged', verdicts.nothingNew(found));
    }
  }

  async #changes(): Promise<void> {
    const withdrawn = { front: 'status: withdrawn\n' };
    await this.#steps.do('A correction, two withdrawals and a deletion', async () => {
      await this.#paper.file(plain('corrected', { text: CORRECTED_TEXT }));
      await this.#paper.file({ ...plain('killed', withdrawn), ...plain('restored', withdrawn) }, 'withdrawn');
      await this.#paper.delete(keyOf('deleted'));
    });
    const shown = await this.#poll('A poll after that');
    this.#measure(shown, 'corrected', 'corrected', verdicts.corrected);
    this.#measure(shown, 'killed', 'killed', verdicts.withdrawn);
    this.#measure(shown, 'deleted', 'deleted', verdicts.withdrawn);
    await markRead(this.#subscribers);
    await this.#steps.do('The return of a withdrawn story', () => this.#paper.file(plain('restored')));
    this.#measure(await this.#poll('A poll after that'), 'restored', 'restored', verdicts.restored);
  }

  async #bulletins(): Promise<void> {
    await this.#file(1);
    const shown = await this.#poll('The poll of the next day');
    for (const [subscriber, entries] of shown) {
      const titles = new Set(entries.map(({ title }) => title));
      const numbers = Array.from({ length: BULLETINS }, (_, index) => index + 1);
      const count = numbers.filter(number => titles.has(bulletinHeadline(number))).length;
      this.#say(subscriber, 'daily', String(count));
    }
  }

  async #late(): Promise<void> {
    await this.#steps.do('A correction, and a story with an old date', async () => {
      await this.#paper.file(plain('correctedAfter120', { text: CORRECTED_TEXT }));
      await this.#paper.file(plain('backdated'));
    });
    let shown = await this.#poll('A poll after that');
    this.#measure(shown, 'correctedAfter120', 'correctedAfter120', verdicts.corrected);
    this.#measure(shown, 'backdated', 'backdated', verdicts.isShown);

    await this.#file(BULLETINS + 1);
    await this.#poll('A poll after that');
    await this.#steps.do('A correction and a withdrawal', async () => {
      await this.#paper.file(plain('correctedAfter240', { text: CORRECTED_TEXT }));
      await this.#paper.file(plain('killedAfter240', { front: 'status: withdrawn\n' }), 'withdrawn');
    });
    shown = await this.#poll('The last poll');
    this.#measure(shown, 'correctedAfter240', 'correctedAfter240', verdicts.corrected);
    this.#measure(shown, 'killedAfter240', 'killedAfter240', verdicts.withdrawn);
  }

  #file(number: number): Promise<void> {
    return this.#steps.do(`${BULLETINS} bulletins`, () =>
      this.#paper.file(bulletins(number, number + BULLETINS - 1)),
    );
  }

  #poll(title: string): Promise<Map<Subscriber, Shown[]>> {
    return this.#steps.do(title, () => poll(this.#subscribers));
  }

  #measure(
    shown: ReadonlyMap<Subscriber, readonly Shown[]>,
    column: Column,
    story: Story,
    verdict: verdicts.Verdict,
  ): void {
    for (const [subscriber, entries] of shown) {
      const id = this.#ids.get(subscriber)?.get(story);
      const ofStory = entries.filter(entry => entry.id === id || isTitle(entry.title, story));
      const { reader } = subscriber;
      this.#say(subscriber, column, verdict(ofStory, reader));
    }
  }

  #say(subscriber: Subscriber, column: Column, text: string): void {
    this.cells.get(subscriber)?.set(column, text);
  }
}

/** Tells whether a title is the headline of a story, however a reader shows it. */
function isTitle(title: string, story: Story): boolean {
  if (story === 'markup') return title.startsWith('How to parse');
  return title.includes(HEADLINES[story]);
}
