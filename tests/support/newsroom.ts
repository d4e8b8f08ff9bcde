import { articleGuid, articleId } from '../../shared/model/identity.ts';

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

/** What readers know a story by. It stays while the file of the story moves from key to key. */
interface Identity {
  id: string;
  guid: string;
  /** Number of the headline that the address was made of. */
  slug?: number | undefined;
  wasPublic: boolean;
  /** What its file showed, if it was deleted while it was public, and when it was deleted. */
  left?: { content: string; at: string } | undefined;
}

/** What the desk knows of one key. */
interface Story {
  /** No other key has the same one at the same time. */
  identity: Identity;
  key: string;
  /** Number of the newest event that was delivered. */
  event: number;
  /** What was filed last and could be read; undefined where the file is gone. */
  copy?: Copy | undefined;
  /** A headline that somebody wrote into the table. */
  mended?: number | undefined;
  /** When that was uploaded. */
  uploadedAt: string;
  /** Since when it has had its content. */
  since: string;
  killed: boolean;
  status: 'absent' | 'live' | 'scheduled' | 'expired' | 'duplicate';
}

/** The files of one content that may be public now, with the instant since when; the canonical is the one that is shown. */
interface Group {
  canonical?: string | undefined;
  members: Set<string>;
  /** The files whose kills cover the content. */
  killers: Set<string>;
  /** The story that was shown last, if its file was deleted and no other file has shown the content since. */
  departed?: Identity | undefined;
}

/** Time between the deletion and the upload of a moved file, at most. */
const MOVE_MS = 24 * 3_600_000;

/**
 * What ought to be public, told without any of the product's code: a few maps instead of a table, an index
 * and a stream. Its commands are what the table is told, in that order.
 */
export class Newsroom {
  /** RFC 3339. */
  now: string;
  readonly stories = new Map<string, Story>();
  readonly #groups = new Map<string, Group>();
  /** How each story has stood since all was quiet last, by its id; undefined where it was not public. */
  readonly #since = new Map<string, (Shown | undefined)[]>();

  constructor(now: string) {
    this.now = now;
  }

  story(key: string): Story {
    let story = this.stories.get(key);
    if (story === undefined) {
      const id = articleId('copydesk', key);
      const identity = { id, guid: articleGuid('copydesk', key), wasPublic: false };
      story = { identity, key, event: 0, uploadedAt: '', since: '', killed: false, status: 'absent' };
      this.stories.set(key, story);
      this.#since.set(id, [undefined]);
    }
    return story;
  }

  /** An upload reaches the desk; `broken` is a file that no article can be made of. `at` is when it was uploaded. */
  upload(key: string, event: number, copy: Copy | 'broken', at: string): void {
    const story = this.story(key);
    // What a kill covers is looked at with every event of the file.
    if (event === story.event && story.killed) this.#stand(story);
    if (event <= story.event) return;
    story.event = event;
    story.identity.left = undefined;
    if (copy === 'broken' && story.killed) this.#stand(story);
    if (copy !== 'broken') {
      const before = story.copy;
      if (before === undefined || contentOf(before) !== contentOf(copy)) {
        if (before) this.#leave(story, contentOf(before));
        story.since = at;
      }
      story.copy = copy;
      story.uploadedAt = at;
      story.mended = undefined;
      story.identity.slug ??= copy.headline;
      this.#stand(story);
    }
    this.#note();
  }

  /** The deletion of a file reaches the desk. `at` is when it was deleted. */
  remove(key: string, event: number, at: string): void {
    const story = this.story(key);
    if (event <= story.event) return;
    story.event = event;
    const { copy, identity, status, killed } = story;
    story.copy = undefined;
    story.status = 'absent';
    if (copy) {
      const content = contentOf(copy);
      if (status === 'live' && !killed) identity.left = { content, at };
      this.#leave(story, content);
    } else if (identity.left) identity.left.at = at;
    this.#note();
  }

  canBeKilled(key: string): boolean {
    const story = this.stories.get(key);
    return story?.copy !== undefined && !story.killed && story.status !== 'expired';
  }

  /** An editor kills a story: no copy of it is shown. */
  kill(key: string): void {
    const story = this.story(key);
    story.killed = true;
    if (story.copy) this.#cover(story, contentOf(story.copy));
    this.#note();
  }

  /** Whether it would be public again if its status were set to `live`, and rightly so. */
  canBeRestored(key: string): boolean {
    const story = this.stories.get(key);
    return story?.killed === true && story.copy !== undefined && this.#statusOf(story.copy) === 'live';
  }

  restore(key: string): void {
    const story = this.story(key);
    story.killed = false;
    for (const [content, group] of this.#groups) {
      if (!group.killers.delete(key)) continue;
      if (story.copy === undefined || contentOf(story.copy) !== content) this.#promote(content);
    }
    this.#stand(story);
    this.#note();
  }

  mend(key: string, headline: number): void {
    this.story(key).mended = headline;
    this.#note();
  }

  /** The schedule's minute: what is due is released, what has expired goes. */
  tick(): void {
    const isDue = (story: Story) => story.copy !== undefined && !story.killed;
    // In the order in which they were due.
    const due = [...this.stories.values()].filter(isDue).sort((a, b) => (dueOf(a) < dueOf(b) ? -1 : 1));
    for (const story of due) this.#stand(story);
    this.#note();
  }

  /** All that was told to the table is published: from here on only what is public now may be seen. */
  settled(): void {
    for (const { key, identity } of this.stories.values()) this.#since.set(identity.id, [this.#shown(key)]);
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
    for (const { identity } of this.stories.values())
      if (identity.wasPublic && identity.slug !== undefined) words.add(headlineWord(identity.slug));
    return words;
  }

  #statusOf({ date, embargo = '', expires }: Copy): 'live' | 'scheduled' | 'expired' {
    if (expires !== undefined && expires <= this.now) return 'expired';
    return embargo > this.now || date > this.now ? 'scheduled' : 'live';
  }

  #group(content: string): Group {
    const group = this.#groups.get(content) ?? { members: new Set(), killers: new Set() };
    this.#groups.set(content, group);
    return group;
  }

  /** Gives a story its status: what may be public now is shown, or is a duplicate of what is. */
  #stand(story: Story): void {
    const { key, copy, killed } = story;
    if (copy === undefined) return;
    const content = contentOf(copy);
    const group = this.#group(content);
    const wish = this.#statusOf(copy);
    if (killed) {
      story.status = wish;
      // What is uploaded to a killed file takes no other file off the site.
      if (group.canonical === undefined && group.killers.size === 0) this.#cover(story, content);
      return;
    }
    if (wish !== 'live') {
      story.status = wish;
      this.#leave(story, content);
      return;
    }
    group.members.add(key);
    if (group.killers.size === 0 && group.canonical === undefined) {
      if (group.departed && this.#continues(story, group.departed)) this.#move(group.departed, story);
      this.#show(story, group);
    } else story.status = group.canonical === key ? 'live' : 'duplicate';
  }

  #show(story: Story, group: Group): void {
    group.canonical = story.key;
    group.departed = undefined;
    story.status = 'live';
  }

  /**
   * Whether a file is the one of a deleted story under another key: it has the same content, may be public, was never
   * public, and came within a day of the deletion.
   */
  #continues({ copy, identity, uploadedAt }: Story, { left }: Identity): boolean {
    if (copy === undefined || left === undefined || identity.wasPublic) return false;
    if (contentOf(copy) !== left.content || this.#statusOf(copy) !== 'live') return false;
    return Math.abs(Date.parse(uploadedAt) - Date.parse(left.at)) <= MOVE_MS;
  }

  /** The file continues the story. The deleted key gets the identity that nobody has seen. */
  #move(identity: Identity, file: Story): void {
    const from = [...this.stories.values()].find(story => story.identity === identity);
    if (from === undefined) throw new Error(`No key has ${identity.id}`);
    from.identity = { id: file.identity.id, guid: file.identity.guid, wasPublic: false };
    file.identity = identity;
    identity.left = undefined;
  }

  #cover(story: Story, content: string): void {
    const group = this.#group(content);
    group.killers.add(story.key);
    group.members.delete(story.key);
    const { canonical } = group;
    group.canonical = undefined;
    group.departed = undefined;
    if (canonical !== undefined && canonical !== story.key) this.story(canonical).status = 'duplicate';
  }

  /** The eldest other that continues the story of who leaves is shown, or the eldest other as a story of its own. */
  #leave({ key, identity, since }: Story, content: string): void {
    const group = this.#group(content);
    group.members.delete(key);
    if (group.canonical !== key) return;
    group.canonical = undefined;
    const mover = this.#waiting(group).find(story => this.#continues(story, identity));
    if (mover) {
      this.#move(identity, mover);
      mover.since = since;
      this.#show(mover, group);
    } else {
      this.#promote(content);
      if (group.canonical === undefined && identity.left) group.departed = identity;
    }
  }

  #waiting(group: Group): Story[] {
    return [...group.members].map(key => this.story(key)).sort(eldestFirst);
  }

  #promote(content: string): void {
    const group = this.#group(content);
    if (group.killers.size > 0 || group.canonical !== undefined) return;
    const [eldest] = this.#waiting(group);
    if (eldest === undefined) return;
    const status = eldest.copy === undefined ? 'absent' : this.#statusOf(eldest.copy);
    eldest.status = status;
    if (status === 'live') {
      this.#show(eldest, group);
      return;
    }
    group.members.delete(eldest.key);
    this.#promote(content);
  }

  #shown(key: string): Shown | undefined {
    const { identity, copy, killed, status, mended } = this.story(key);
    if (copy === undefined || killed || status !== 'live') return undefined;
    const { headline, text, correction, section, tags, date, embargo = '' } = copy;
    const words = [headlineWord(mended ?? headline), textWord(text)];
    if (correction !== undefined) words.push(correctionWord(correction));
    const publishedAt = embargo > date ? embargo : date;
    const { id, guid } = identity;
    return { id, guid, words: words.sort(), section, tags, publishedAt };
  }

  /** Notes how each story stands now, where that is new. */
  #note(): void {
    for (const { key, identity } of this.stories.values()) {
      const shown = this.#shown(key);
      const states = this.#since.get(identity.id) ?? [];
      if (shown) identity.wasPublic = true;
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

function eldestFirst(a: Story, b: Story): number {
  return `${a.since}#${a.identity.id}` < `${b.since}#${b.identity.id}` ? -1 : 1;
}

/** The instant at which time changes a story, and its id where two have the same. */
function dueOf({ identity, copy, status }: Story): string {
  const { date = '', embargo = '', expires = '' } = copy ?? {};
  return `${status === 'scheduled' ? (embargo > date ? embargo : date) : expires}#${identity.id}`;
}
