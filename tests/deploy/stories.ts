import type { Account } from './deployment.ts';
import { until } from './until.ts';

/** The headline of a story: what the desk knows, as first told or otherwise. */
export function headline(name: string, addition = 'as first told'): string {
  return `What the desk knows of ${name.replace('/', ' ')}, ${addition}`;
}

/** A story as a reporter would file it; no two are alike, or one would be the duplicate of the other. */
export function story(name: string, addition?: string): string {
  const subject = name.split('/').at(-1) ?? name;
  const paragraphs = ['Nobody on the quay', 'By the afternoon', 'What comes next'].map(
    (opening, index) =>
      `${opening} spoke of anything but the ${subject}, said witness number ${index + 1} of the ${name} affair, ` +
      `who had watched the ${subject} since the morning and counted ${subject.length * (index + 7)} of them.`,
  );
  return [headline(name, addition), ...paragraphs].join('\n\n');
}

/** The headlines in the main feed of a site. */
export async function titlesIn(account: Account, siteBucket: string): Promise<string[]> {
  return (await account.feed(siteBucket)).items.map(({ title }) => title);
}

/** Waits until the main feed has a headline. */
export async function inFeed(account: Account, siteBucket: string, title: string): Promise<void> {
  await until(`"${title}" is in the feed`, async () => (await titlesIn(account, siteBucket)).includes(title));
}

/** The last line that a command has printed. */
export function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
