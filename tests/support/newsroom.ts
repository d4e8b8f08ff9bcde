import { articleGuid, articleId } from '../../shared/identity.ts';

/** What an author files under a key. Equal `headline` and `text` make equal content. */
export interface Copy {
  headline: number;
  text: number;
  section: string;
  tags: readonly string[];
  /** RFC 3339. */
  date: string;
  embargo?: string;
  expires?: string;
  correction?: number;
  pinned?: boolean;
}

/** An article as readers see it. */
export interface Shown {
  id: string;
  guid: string;
  /** Words that stand in this version of the article and in nothing else that was ever filed. */
  words: readonly string[];
  section: string;
  tags: readonly string[];
  publishedAt: string;
}

/** What the desk knows of one key. */
interface Story {
  id: string;
  key: string;
  /** Number of the newest event that was delivered. */
  event: number;
  /** What was filed last and could be read; undefined where the file is gone. */
  copy?: Copy | undefined;
  /** A headline that somebody wrote into the table. */
  mended?: number | undefined;
  /** Number of the headline that the address was made of. */
  slug?: number;
  killed: boolean;
  status: 'absent' | 'live' | 'scheduled' | 'expired' | 'duplicate';
  wasPublic: boolean;
}

/** Who has filed one content, with the instant since when; the owner is the one that may be shown. */
interface Group {
  owner: string;
  holders: Map<string, string>;
  killed: boolean;
}

/**
 * What ought to be public, told without any of the product's code: a few maps instead of a table, an index
 * and a stream. Its commands are what the table is told, in that order.
 */
export class Newsroom {
  /** RFC 3339. */
  now: string;
  readonly stories = new Map<string, Story>();
  readonly #groups = new Map<string, Group>();
  /** How each story has stood since all was quiet last; undefined where it was not public. */
  readonly #since = new Map<string, (Shown | undefined)[]>();

  constructor(now: string) {
    this.now = now;
  }

  story(key: string): Story {
    let story = this.stories.get(key);
    if (story === undefined) {
      const id = articleId('intake', key);
      story = { id, key, event: 0, killed: false, status: 'absent', wasPublic: false };
      this.stories.set(key, story);
      this.#since.set(key, [undefined]);
    }
    return story;
  }

  /** An upload reaches the desk; `broken` is a file that no article can be made of. `at` is when it was uploaded. */
  upload(key: string, event: number, copy: Copy | 'broken', at: string): void {
    const story = this.story(key);
    if (event <= story.event) return;
    story.event = event;
    if (copy !== 'broken') {
      const before = story.copy;
      story.copy = copy;
      story.mended = undefined;
      story.slug ??= copy.headline;
      const group = this.#enter(story, contentOf(copy), at);
      story.status = group.owner === key ? this.#statusOf(copy) : 'duplicate';
      if (before && contentOf(before) !== contentOf(copy)) this.#leave(story, contentOf(before));
      if (story.status === 'expired' && !story.killed) this.#leave(story, contentOf(copy));
    }
    this.#note();
  }

  /** The deletion of a file reaches the desk. */
  remove(key: string, event: number): void {
    const story = this.story(key);
    if (event <= story.event) return;
    story.event = event;
    const { copy } = story;
    story.copy = undefined;
    story.status = 'absent';
    if (copy) this.#leave(story, contentOf(copy));
    this.#note();
  }

  canBeKilled(key: string): boolean {
    const story = this.stories.get(key);
    return story?.copy !== undefined && !story.killed && story.status !== 'expired';
  }

  kill(key: string): void {
    this.story(key).killed = true;
    this.#note();
  }

  /** Whether it would be public again if its status were set to `live`, and rightly so. */
  canBeRestored(key: string): boolean {
    const story = this.stories.get(key);
    if (!story?.killed || story.copy === undefined) return false;
    return this.#groups.get(contentOf(story.copy))?.owner === key && this.#statusOf(story.copy) === 'live';
  }

  restore(key: string): void {
    const story = this.story(key);
    story.killed = false;
    story.status = 'live';
    this.#note();
  }

  mend(key: string, headline: number): void {
    this.story(key).mended = headline;
    this.#note();
  }

  /** The schedule's minute: what is due is released, what has expired goes. */
  tick(): void {
    for (const story of this.stories.values()) {
      if (story.copy === undefined || story.killed) continue;
      if (story.status !== 'live' && story.status !== 'scheduled') continue;
      story.status = this.#statusOf(story.copy);
      if (story.status === 'expired') this.#leave(story, contentOf(story.copy));
    }
    this.#note();
  }

  /** All that was told to the table is published: from here on only what is public now may be seen. */
  settled(): void {
    for (const key of this.stories.keys()) this.#since.set(key, [this.#shown(key)]);
  }

  /** What is public, newest first. */
  live(): Shown[] {
    return [...this.stories.keys()].flatMap(key => this.#shown(key) ?? []).sort(newestFirst);
  }

  /** How stories may be seen by somebody who looks before all is published. */
  possible(): Shown[] {
    return [...this.#since.values()].flat().filter(shown => shown !== undefined);
  }

  /** What has been public without a change since all was quiet last: everybody must see it. */
  steady(): Shown[] {
    return [...this.#since.values()].flatMap(states => (states.length === 1 ? (states[0] ?? []) : []));
  }

  /** Words that may stand in a file of the site now: of what may be seen, and of addresses once public. */
  mayBeSaid(): Set<string> {
    const words = new Set(this.possible().flatMap(({ words }) => words));
    for (const { wasPublic, slug } of this.stories.values())
      if (wasPublic && slug !== undefined) words.add(headlineWord(slug));
    return words;
  }

  #statusOf({ date, embargo = '', expires }: Copy): 'live' | 'scheduled' | 'expired' {
    if (expires !== undefined && expires <= this.now) return 'expired';
    return embargo > this.now || date > this.now ? 'scheduled' : 'live';
  }

  #enter({ key }: Story, content: string, since: string): Group {
    let group = this.#groups.get(content);
    if (group === undefined) {
      group = { owner: key, holders: new Map(), killed: false };
      this.#groups.set(content, group);
    }
    if (!group.holders.has(key)) group.holders.set(key, since);
    return group;
  }

  /** The eldest other takes the place of who leaves; nobody does where the story was killed. */
  #leave({ key, killed }: Story, content: string): void {
    const group = this.#groups.get(content);
    if (group === undefined) return;
    if (killed) {
      group.killed = true;
      return;
    }
    group.holders.delete(key);
    if (group.killed || group.owner !== key) return;
    for (const [heir] of [...group.holders].sort(eldestFirst)) {
      const story = this.story(heir);
      const status = story.copy && this.#statusOf(story.copy);
      if (status === 'expired' && !story.killed) {
        story.status = status;
        group.holders.delete(heir);
        continue;
      }
      group.owner = heir;
      story.status = status ?? 'absent';
      return;
    }
    this.#groups.delete(content);
  }

  #shown(key: string): Shown | undefined {
    const { id, copy, killed, status, mended } = this.story(key);
    if (copy === undefined || killed || status !== 'live') return undefined;
    const { headline, text, correction, section, tags, date, embargo = '' } = copy;
    const words = [headlineWord(mended ?? headline), textWord(text)];
    if (correction !== undefined) words.push(correctionWord(correction));
    const publishedAt = embargo > date ? embargo : date;
    return { id, guid: articleGuid('intake', key), words: words.sort(), section, tags, publishedAt };
  }

  /** Notes how each story stands now, where that is new. */
  #note(): void {
    for (const [key, states] of this.#since) {
      const shown = this.#shown(key);
      if (shown) this.story(key).wasPublic = true;
      if (!states.some(state => JSON.stringify(state) === JSON.stringify(shown))) states.push(shown);
    }
  }
}

/** Matches every word that {@link Newsroom} knows the versions by. */
export const WORDS = /zq\d+[hbc]/gi;

export const headlineWord = (number: number): string => `zq${number}h`;
const textWord = (number: number): string => `zq${number}b`;
const correctionWord = (number: number): string => `zq${number}c`;

/** The copy as a Markdown file. */
export function fileOf(copy: Copy): string {
  const { headline, text, section, tags, date, embargo, expires, correction, pinned } = copy;
  const fields = [
    `title: Ferry ${headlineWord(headline)} sails`,
    `section: ${section}`,
    `tags: [${tags.join(', ')}]`,
    `date: ${date}`,
    ...(embargo === undefined ? [] : [`embargo: ${embargo}`]),
    ...(expires === undefined ? [] : [`expires: ${expires}`]),
    ...(correction === undefined ? [] : [`correction: It was not ${correctionWord(correction)}.`]),
    ...(pinned ? ['pinned: true'] : []),
  ];
  return `---\n${fields.join('\n')}\n---\n\nThe ferry ${textWord(text)} left the harbour at noon on its first trip.\n`;
}

function contentOf({ headline, text }: Copy): string {
  return `${headline} ${text}`;
}

function newestFirst(a: Shown, b: Shown): number {
  return a.publishedAt === b.publishedAt ? (a.id < b.id ? 1 : -1) : a.publishedAt < b.publishedAt ? 1 : -1;
}

function eldestFirst([a, since]: [string, string], [b, sinceB]: [string, string]): number {
  const [mine, others] = [`${since}#${articleId('intake', a)}`, `${sinceB}#${articleId('intake', b)}`];
  return mine < others ? -1 : 1;
}
