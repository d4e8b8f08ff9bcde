import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingTool } from '../deploy/emulator/python.ts';
import {
  type Candidate,
  FEED_FILES,
  type Format,
  type Reader,
  type Shown,
  type Subscription,
  type Where,
} from './reader.ts';
import { liferea } from './readers/liferea.ts';
import { miniflux } from './readers/miniflux.ts';
import { newsboat } from './readers/newsboat.ts';
import { nodeLibraries } from './readers/node.ts';
import { pythonLibraries } from './readers/python.ts';
import { rss2email } from './readers/rss2email.ts';
import { sfeed } from './readers/sfeed.ts';

export const CANDIDATES: readonly Candidate[] = [
  miniflux,
  newsboat,
  rss2email,
  sfeed,
  liferea,
  ...pythonLibraries,
  ...nodeLibraries,
];

/** Packages of Debian that the readers need. */
export const DEBIAN_PACKAGES = [
  'newsboat',
  'rss2email',
  'sfeed',
  'curl',
  'postgresql',
  'liferea',
  'xvfb',
  'xauth',
  'dbus',
];

/** A subscription of a reader to the main feed in one format. */
export interface Subscriber extends Subscription {
  reader: Reader;
  format: Format;
}

/** Readers that are installed, and why the others are not. */
export interface Installed {
  readers: Reader[];
  missing: { name: string; reason: string }[];
}

export async function install(candidates: readonly Candidate[], where: Where): Promise<Installed> {
  const installed: Installed = { readers: [], missing: [] };
  for (const candidate of candidates)
    try {
      installed.readers.push(await candidate.install(where));
    } catch (error) {
      if (!(error instanceof MissingTool)) throw error;
      installed.missing.push({ name: candidate.name, reason: error.message.split('\n')[0] ?? '' });
    }
  return installed;
}

/** Subscribes each reader to the main feed in each of its formats. */
export async function subscribe(
  readers: readonly Reader[],
  site: string,
  work: string,
): Promise<Subscriber[]> {
  const subscribers: Subscriber[] = [];
  for (const reader of readers)
    for (const format of reader.formats) {
      const folder = join(work, `subscription-${subscribers.length}`);
      await mkdir(folder);
      const subscription = await reader.subscribe(new URL(FEED_FILES[format], site).href, folder);
      subscribers.push({ ...subscription, reader, format });
    }
  return subscribers;
}

/** One after the other: a machine with two cores also runs the site. */
export async function poll(subscribers: readonly Subscriber[]): Promise<Map<Subscriber, Shown[]>> {
  const shown = new Map<Subscriber, Shown[]>();
  for (const subscriber of subscribers) {
    await subscriber.poll();
    const entries = await subscriber.entries();
    // Mails have lines of 78 characters.
    shown.set(
      subscriber,
      entries.map(entry => ({ ...entry, content: entry.content.replaceAll(/\s+/g, ' ') })),
    );
  }
  return shown;
}

export async function markRead(subscribers: readonly Subscriber[]): Promise<void> {
  for (const subscriber of subscribers) await subscriber.markRead?.();
}
