import { Rejection } from '../../../shared/errors/rejection.ts';
import type { ParsedArticle } from '../../../shared/model/article.ts';
import { isDeepStrictEqual } from '../../../shared/model/deep-equal.ts';
import { tryToParse } from '../article/try-to-parse.ts';
import { storiesOfMail } from '../formats/mail/eml.ts';
import { isSameStory } from '../formats/mail/mail-attachments.ts';
import { Deadline } from '../model/deadline.ts';
import type { ParseInput } from '../model/format-reader.ts';
import type { IngestDeps } from '../model/ingest-deps.ts';
import type { ZipMembers } from './members.ts';

/** Name of the text of a mail among its stories. */
const TEXT_NAME = 'message.txt';

/**
 * The files of a mail with several stories, as those of a zip. Undefined if the mail holds one story: its text, or the
 * document that the text presents. A document that repeats the text is no second story.
 */
export async function readMailStories(
  input: ParseInput,
  deps: Pick<IngestDeps, 'parse' | 'settings'>,
): Promise<ZipMembers | Rejection | undefined> {
  const { bytes } = input;
  try {
    const stories = await storiesOfMail(bytes, new Deadline(deps.settings.limits.parseSeconds));
    if (stories === undefined) return undefined;
    const { files, isNote } = stories;
    let isCopied = false;
    if (files.documents.length === 1) {
      const [text, document] = [
        await tryToParse({ ...input, story: 'text' }, deps),
        await tryToParse({ ...input, story: 0 }, deps),
      ];
      if (text instanceof Rejection || document instanceof Rejection) return undefined;
      if (isSameStory(text.bodyText, document.bodyText)) {
        // A document that states more release terms is the story, because the strictest statement counts.
        if (isDeepStrictEqual(termsOf(text), termsOf(document))) return undefined;
        isCopied = true;
      }
    }
    const hasText = !isNote && !isCopied;
    const members: ZipMembers['members'] = hasText
      ? [{ name: TEXT_NAME, bytes, holder: { bytes, story: 'text' } }]
      : [];
    for (const [story, file] of files.documents.entries())
      members.push({ name: file.name, bytes: file.bytes, holder: { bytes, story } });
    // The text shows the pictures of its mail. Which one of several documents they belong to is not known.
    const media = hasText ? [] : [...files.pictures, ...files.recordings];
    members.push(...media.map(({ name, bytes }) => ({ name, bytes })));
    const skipped = media
      .filter(({ isLogo }) => !isLogo)
      .map(({ name }) => ({
        name,
        why: 'is in no story, because the mail does not say to which document it belongs',
      }));
    return { members: withUniqueNames(members), skipped };
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}

function termsOf({ embargoUntil, expiresAt, hold, withdraw }: ParsedArticle): unknown {
  return { embargoUntil, expiresAt, hold, withdraw };
}

/** Gives other names to files that have the name of an earlier file: `report.docx`, `report-2.docx`. */
function withUniqueNames(members: ZipMembers['members']): ZipMembers['members'] {
  const seen = new Set<string>();
  return members.map(member => {
    const dot = Math.max(0, member.name.lastIndexOf('.'));
    let { name } = member;
    for (let count = 2; seen.has(name); count++)
      name = `${member.name.slice(0, dot)}-${count}${member.name.slice(dot)}`;
    seen.add(name);
    return { ...member, name };
  });
}
