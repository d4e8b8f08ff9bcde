import type { MediaType } from '../../../shared/model/article.ts';
import { Bytes } from './bytes.ts';
import { tagLength } from './mp3.ts';

/**
 * Maximum number of reads in one file. Half an hour of MP3 without a header about its length takes 240,000 reads, and one
 * second of CPU. In a file that is damaged on purpose, so many reads take three seconds.
 */
const MAX_READS = 300_000;

/** Maximum length of one read, in bytes. The tables of a long MP4 have some hundred kilobytes. */
const MAX_READ_BYTES = 10_000_000;

/** Maximum duration that is believed, in seconds: a week. */
const MAX_SECONDS = 7 * 86_400;

/**
 * The duration of a recording in whole seconds, at least 1. Undefined if the file does not state it, or states it wrongly:
 * a recording without a duration still plays.
 * @param bytes the recording without its metadata
 */
export async function durationOf(bytes: Uint8Array, type: MediaType): Promise<number | undefined> {
  const { fromBuffer, parseFromTokenizer } = await import('../packages/music-metadata.ts');
  // A damaged tag would hide the duration of an MP3.
  const tag = type === 'audio/mpeg' ? tagLength(new Bytes(bytes, 'MP3 recording')) : 0;
  const file = fromBuffer(bytes.subarray(tag), {
    fileInfo: { mimeType: type },
    maxBufferSize: MAX_READ_BYTES,
  });
  let reads = 0;
  const peek = file.peekBuffer.bind(file);
  // Every read of the tokenizer is a peek.
  file.peekBuffer = (...read) => {
    reads += 1;
    if (reads > MAX_READS) throw new RangeError('The recording needs too many reads.');
    return peek(...read);
  };
  try {
    const { format } = await parseFromTokenizer(file, {
      duration: true,
      skipCovers: true,
      skipPostHeaders: true,
    });
    const { duration = 0 } = format;
    return duration > 0 && duration <= MAX_SECONDS ? Math.max(1, Math.round(duration)) : undefined;
  } catch (error) {
    if (!(error instanceof Error) || 'syscall' in error) throw error;
    // The file is whole as far as publishing needs. Only its duration cannot be read.
    return undefined;
  }
}
