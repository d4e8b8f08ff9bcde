import { languageTag } from '../../../shared/text/language-tag.ts';

/**
 * Abbreviations that end with a full stop without ending a sentence, by what follows them: Intl.Segmenter ends
 * sentences at some of them.
 */
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

/** How far behind a cut the grapheme that it may go through is looked at, in UTF-16 units. */
const REACH = 64;

/** To make one takes longer than to split a paragraph by it. There are as many as the runtime knows languages. */
const SEGMENTERS = new Map<string, Intl.Segmenter>();

function segmenterOf(known: string): Intl.Segmenter {
  const made = SEGMENTERS.get(known) ?? new Intl.Segmenter(known, { granularity: 'sentence' });
  SEGMENTERS.set(known, made);
  return made;
}

/** Sentences of a text, trimmed, in order; abbreviations, initials and numbers do not end one. */
export function sentencesOf(text: string, language: string): string[] {
  const segments = segmenterOf(locale(language)).segment(text);
  const sentences: string[] = [];
  let open = '';
  for (const { segment } of segments) {
    open += segment;
    if (endsWithAbbreviation(open.trimEnd())) continue;
    if (open.trim()) sentences.push(open.trim());
    open = '';
  }
  if (open.trim()) sentences.push(open.trim());
  return sentences;
}

/** The beginning of a text in whole graphemes, `length` UTF-16 units at most; empty where the first is longer. */
export function wholeGraphemes(text: string, length: number): string {
  if (text.length <= length) return text;
  // Past the cut only the next grapheme matters, and one may be as long as whoever wrote it liked.
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let end = 0;
  for (const { index, segment } of segmenter.segment(text.slice(0, length + REACH))) {
    if (index + segment.length > length) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

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
  // A single letter is an initial: "George W. Bush".
  return (
    ABBREVIATIONS.has(last) ||
    /^\p{L}$/u.test(last) ||
    /^(?:\p{L}\.){1,3}\p{L}$/u.test(last) ||
    /^\d{1,2}$/.test(last)
  );
}
