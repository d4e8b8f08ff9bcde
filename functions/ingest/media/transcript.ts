import { Rejection } from '../../../shared/errors/rejection.ts';
import { decode } from '../decode/decode.ts';
import type { StrippedMedia } from './stripped.ts';

/**
 * Transcripts of recordings: WebVTT (W3C) and SubRip (.srt). They are written anew with only their cues, because comments
 * are notes of editors, and style sheets and regions are no text.
 */

/** Maximum size in bytes. Speech takes about 100 kB an hour with its times, so this is a recording of 20 hours. */
const MAX_BYTES = 2_000_000;

/** A line with the times of a cue. Hours are optional, as in WebVTT. SubRip has a comma before the milliseconds. */
const TIMES =
  /^[ \t]*(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})[ \t]*-->[ \t]*(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})(?:[ \t]+(.*))?$/;

/** First line of a block of WebVTT that is no cue. */
const OTHER_BLOCK = /^(?:NOTE|STYLE|REGION)(?:[ \t]|$)/;

/** Settings of a cue that need no region: its place on the screen. */
const SETTING = /^(?:vertical|line|position|size|align):[\w.,%-]{1,40}$/;

/** Tags of WebVTT without classes, which only a style sheet uses. A voice has a name, and a language its tag. */
const VTT_TAG =
  /^<(?:(\/?(?:c|i|b|u|ruby|rt|v|lang))(?:\.[^\s<>]{0,200})?([ \t][^<>\n&]{1,200})?|((?:\d{2,4}:)?\d{2}:\d{2}\.\d{3}))>$/;

const SRT_TAG = /^<\/?[ibu]>$/i;

/** Where a tag can be. `3 <4 and 5> 2` has none. */
const SRT_ANY_TAG = /(<(?![\s\d])[^<>]*>)/;

/** A sign that can open a tag: not one at the end, or before a space or a number. */
const SRT_OPEN = /<(?!\s|\d|$|\/?[ibu]>)/gi;

type TranscriptType = 'text/vtt' | 'application/x-subrip';

interface Cue {
  /** Start and end, in milliseconds. */
  from: number;
  to: number;
  settings: string;
  lines: string[];
}

/**
 * Reads a transcript, and writes it in the same format as UTF-8 with only its cues.
 * @throws Rejection with a sentence if the file is too large, or is not what the ending of its key says
 */
export function readTranscript(file: Uint8Array, key: string): StrippedMedia {
  if (file.length > MAX_BYTES)
    throw new Rejection(
      'too-large',
      `The transcript has ${(file.length / 1_000_000).toFixed(1)} MB; the limit is ${MAX_BYTES / 1_000_000} MB.`,
    );
  const type: TranscriptType = /\.vtt$/i.test(key) ? 'text/vtt' : 'application/x-subrip';
  const cues = cuesOf(linesOf(file), type);
  if (cues.length === 0)
    throw new Rejection(
      'not-text',
      `The file is no ${nameOf(type)}: it has no line with times such as ${EXAMPLE[type]}.`,
    );
  const parts = cues.map((cue, index) =>
    type === 'text/vtt'
      ? `${timesOf(cue, '.')}${cue.settings}\n${vttText(cue)}`
      : `${index + 1}\n${timesOf(cue, ',')}\n${srtText(cue)}`,
  );
  return { bytes: Buffer.from(`${type === 'text/vtt' ? 'WEBVTT\n\n' : ''}${parts.join('\n\n')}\n`), type };
}

const EXAMPLE: Record<TranscriptType, string> = {
  'text/vtt': '“00:01.000 --> 00:04.000”',
  'application/x-subrip': '“00:00:01,000 --> 00:00:04,000”',
};

function nameOf(type: TranscriptType): string {
  return type === 'text/vtt' ? 'WebVTT' : 'SubRip';
}

/** The lines of the file. Control characters are no text. */
function linesOf(file: Uint8Array): string[] {
  const { text } = decode(file);
  return text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/(?![\n\t])\p{Cc}|[\ufeff\ufffe\uffff]/gu, '')
    .split('\n');
}

/**
 * The cues of a transcript. Lines behind an empty line belong to the cue before, because people write empty lines into
 * SubRip, and no word is lost.
 */
function cuesOf(lines: readonly string[], type: TranscriptType): Cue[] {
  const isVtt = type === 'text/vtt';
  if (isVtt && !/^WEBVTT(?:[ \t]|$)/.test(lines[0] ?? ''))
    throw new Rejection('not-text', 'The file is no WebVTT: its first line does not begin with “WEBVTT”.');
  const cues: Cue[] = [];
  // The head of WebVTT ends at the first empty line, or at the first cue.
  let skipped: 'head' | 'block' | undefined = isVtt ? 'head' : undefined;
  let isStart = false;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') {
      skipped = undefined;
      isStart = true;
      continue;
    }
    const isFirst = isStart;
    isStart = false;
    if (skipped === 'block') continue;
    const cue = cueOf(line);
    if (cue !== undefined) {
      skipped = undefined;
      cues.push(cue);
      continue;
    }
    if (skipped === 'head') continue;
    if (isVtt && isFirst && OTHER_BLOCK.test(line)) {
      skipped = 'block';
      continue;
    }
    // The number or name of a cue.
    if ((isFirst || index === 0) && cueOf(lines[index + 1] ?? '') !== undefined) continue;
    const before = cues.at(-1);
    if (before === undefined)
      throw new Rejection(
        'not-text',
        `The file is no ${nameOf(type)}: line ${index + 1} stands before the first times, such as ${EXAMPLE[type]}.`,
      );
    before.lines.push(line.trim());
  }
  return cues;
}

function cueOf(line: string): Cue | undefined {
  const match = line.length <= 1_000 ? TIMES.exec(line) : null;
  if (match === null) return undefined;
  const [, h1, m1, s1, f1, h2, m2, s2, f2, rest = ''] = match;
  const settings = rest.split(/[ \t]+/).filter(each => SETTING.test(each));
  return {
    from: milliseconds(h1, m1, s1, f1),
    to: milliseconds(h2, m2, s2, f2),
    settings: settings.map(each => ` ${each}`).join(''),
    lines: [],
  };
}

function milliseconds(hours = '0', minutes = '0', seconds = '0', fraction = '0'): number {
  return (
    ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 + Number(fraction.padEnd(3, '0'))
  );
}

function timesOf({ from, to }: Cue, point: '.' | ','): string {
  const written = (ms: number) => {
    const parts = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1_000) % 60];
    return `${parts.map(part => String(Math.floor(part)).padStart(2, '0')).join(':')}${point}${String(ms % 1_000).padStart(3, '0')}`;
  };
  return `${written(from)} --> ${written(to)}`;
}

function vttText({ lines }: Cue): string {
  return tagged(lines, /(<[^<>]*>)/, vttTag, text => text.replaceAll('<', '&lt;'));
}

/**
 * SubRip has no escapes. A sign that could open a tag is removed, after the unknown tags, because two signs beside such a
 * tag can make another one.
 */
function srtText({ lines }: Cue): string {
  return tagged(
    lines,
    SRT_ANY_TAG,
    tag => (SRT_TAG.test(tag) ? tag : ''),
    text => text,
  )
    .replace(SRT_OPEN, '')
    .replaceAll('-->', '→');
}

function vttTag(tag: string): string {
  const [, name, annotation = '', time] = VTT_TAG.exec(tag) ?? [];
  if (time !== undefined) return tag;
  if (name === undefined) return '';
  return `<${name}${name === 'v' || name === 'lang' ? annotation : ''}>`;
}

/** The lines of a cue with only the known tags of all that `anyTag` finds. An arrow separates times, and an empty line cues. */
function tagged(
  lines: readonly string[],
  anyTag: RegExp,
  tagOf: (tag: string) => string,
  textOf: (text: string) => string,
): string {
  return lines
    .join('\n')
    .replaceAll('-->', '→')
    .split(anyTag)
    .map((part, index) => (index % 2 === 1 ? tagOf(part) : textOf(part)))
    .join('')
    .replaceAll('-->', '→')
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
    .join('\n');
}
