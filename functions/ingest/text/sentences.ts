import { languageTag } from '../../../shared/text/language-tag.ts';

/** Abbreviations whose full stop does not end a sentence. Intl.Segmenter ends sentences at some of them. */
const ABBREVIATIONS = new Set(
  `mr mrs ms dr prof sen rep gov gen col lt sgt capt cmdr adm maj rev hon st jr sr inc ltd co corp no nos vs etc al approx dept est fig
   jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri u.s u.k u.n e.u a.m p.m d.c ph.d b.a m.a i.e e.g
   z.b d.h bzw ca usw nr hr fr abs vgl evtl ggf mio mrd bzw inkl
   m mm mme mlle p pp cf env av bd art
   sr sra srta dra ud uds ee uu aa núm pág
   dott sig sigg avv ing
   dhr mevr drs ir bijv nl m.a.w o.a
   ul al np tzn tj m.in prof dr hab inż mgr tys zł
   г гг им ул стр тыс млн млрд руб т.е т.д т.п др см рис ред св проф акад
   р рр вул грн обл м`.split(/\s+/),
);

/** Number of UTF-16 units after a cut that are read to find the end of a grapheme. */
const MAX_GRAPHEME_CHARS = 64;

/**
 * Sentence segmenters by locale. Making one takes longer than splitting a paragraph. There are only as many as the
 * runtime has locales.
 */
const SEGMENTERS = new Map<string, Intl.Segmenter>();

function segmenterOf(supportedLocale: string): Intl.Segmenter {
  const segmenter =
    SEGMENTERS.get(supportedLocale) ?? new Intl.Segmenter(supportedLocale, { granularity: 'sentence' });
  SEGMENTERS.set(supportedLocale, segmenter);
  return segmenter;
}

/** Opening marks directly after the end of a sentence. Without a space between them, Intl.Segmenter joins the two. */
const NEXT_OPENINGS = /(?<=\p{Sentence_Terminal}[\p{Pe}\p{Pf}]{0,3})[\p{Ps}\p{Pi}]{1,3}$/u;

/** The Japanese particles after a quotation, which belongs to their sentence: `「もう限界だ。」と話した。` */
const AFTER_QUOTATION = /^(?:と|って)/;
const QUOTATION_END = /\p{Sentence_Terminal}[」』]$/u;

/**
 * Returns the trimmed sentences of a text in order. Abbreviations, initials and numbers do not end a
 * sentence. An opening mark belongs to the sentence after it.
 */
export function sentencesOf(text: string, language: string): string[] {
  const segments = segmenterOf(locale(language)).segment(text);
  const sentences: string[] = [];
  const add = (sentence: string) => {
    if (sentence.trim()) sentences.push(sentence.trim());
  };
  let open = '';
  for (const { segment, index } of segments) {
    open += segment;
    if (endsWithAbbreviation(open.trimEnd())) continue;
    const rest = index + segment.length;
    if (QUOTATION_END.test(open) && AFTER_QUOTATION.test(text.slice(rest, rest + 2))) continue;
    const [opening = ''] = (rest < text.length && NEXT_OPENINGS.exec(open)) || [];
    add(open.slice(0, open.length - opening.length));
    open = opening;
  }
  add(open);
  return sentences;
}

/** Returns the beginning of a text in whole graphemes, at most `length` UTF-16 units. It can be empty. */
export function wholeGraphemes(text: string, length: number): string {
  if (text.length <= length) return text;
  // After the cut only the next grapheme matters. Its length is limited because a grapheme can be very long.
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let end = 0;
  for (const { index, segment } of segmenter.segment(text.slice(0, length + MAX_GRAPHEME_CHARS))) {
    if (index + segment.length > length) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** Returns a locale that Intl.Segmenter supports for the language, or `en`. */
export function locale(language: string): string {
  const tag = languageTag(language);
  return (tag && Intl.Segmenter.supportedLocalesOf([tag])[0]) ?? 'en';
}

function endsWithAbbreviation(sentence: string): boolean {
  if (!sentence.endsWith('.')) return false;
  const last =
    sentence
      .slice(Math.max(0, sentence.length - 20), -1)
      .split(/[\s(«„“"'’]/)
      .at(-1)
      ?.toLowerCase() ?? '';
  if (last === '') return false;
  // A single letter is an initial, as in “George W. Bush”.
  return (
    ABBREVIATIONS.has(last) ||
    /^\p{L}$/u.test(last) ||
    /^(?:\p{L}\.){1,3}\p{L}$/u.test(last) ||
    /^\d{1,2}$/.test(last)
  );
}
