import { head, oneLine } from '../text/characters.ts';
import type { DateContext } from '../text/dates.ts';

/** How release terms are read. */
export interface TermContext extends DateContext {
  /** When the file was filed, RFC 3339: weekdays and dates without a year are seen from here. */
  filedAt?: string | undefined;
}

/**
 * What one statement of a source says about when a story may be public. `hold` waits for an editor; `clear` says that
 * there is no embargo.
 */
export type Term =
  | { kind: 'until' | 'expires'; at: string; quote: string }
  /** `says`: a sentence in place of one about the quotation. */
  | { kind: 'hold'; quote: string; why: HoldReason; says?: string }
  | { kind: 'withdraw' | 'clear'; quote: string };

/**
 * Why a statement holds: `stated` in so many words by a key; `dated` names no instant, which another statement may, such as
 * `embargo: true`; `scheduled` expects the date of publication to be that instant; `line` is a line of the copy; `unclear` looks like a term but is not understood.
 */
export type HoldReason = 'stated' | 'dated' | 'scheduled' | 'line' | 'unclear';

/** What all statements of a source come to. */
export interface ReleaseState {
  embargoUntil?: string;
  expiresAt?: string;
  hold?: string;
  withdraw?: true;
}

/** Longest quotation of a statement in a sentence, in characters. */
const MAX_QUOTE_CHARS = 160;

/** Collects the release terms of one file, whatever states them. The strictest wins. */
export class ReleaseTerms {
  readonly #terms: Term[] = [];

  add(...terms: readonly (Term | undefined)[]): void {
    for (const term of terms) if (term) this.#terms.push(term);
  }

  get size(): number {
    return this.#terms.length;
  }

  /**
   * The latest embargo, the earliest expiry, the first hold, any withdrawal. An explicit `embargo: none` lifts the holds that
   * the copy itself or a doubt makes, and no others.
   * @param dated whether the source states a date of publication, which `status: scheduled` refers to
   */
  state(dated: boolean): ReleaseState {
    const of = <Kind extends Term['kind']>(kind: Kind) =>
      this.#terms.filter((term): term is Extract<Term, { kind: Kind }> => term.kind === kind);
    const instants = of('until').map(({ at }) => at);
    const expiries = this.#terms.flatMap(term => (term.kind === 'expires' ? [term.at] : []));
    const cleared = of('clear').length > 0;
    const isHeld = ({ why }: { why: HoldReason }) => {
      if (why === 'dated' || why === 'scheduled')
        return instants.length === 0 && !(why === 'scheduled' && dated);
      return why === 'stated' || !cleared;
    };
    const [hold] = of('hold').filter(isHeld);
    return {
      ...(instants.length > 0 ? { embargoUntil: instants.sort().at(-1) } : {}),
      ...(expiries.length > 0 ? { expiresAt: expiries.sort()[0] } : {}),
      ...(hold ? { hold: holdSentence(hold) } : {}),
      ...(of('withdraw').length > 0 ? { withdraw: true as const } : {}),
    };
  }

  /** What an editor is told besides the hold. */
  warnings(): string[] {
    return this.#terms
      .filter(({ kind }) => kind === 'withdraw')
      .map(({ quote }) => `“${quoted(quote)}” withdraws the story, until it is filed without that.`);
  }
}

/** The sentence that says why a story is held, and how it is released. */
export function holdSentence(term: { quote: string; why: HoldReason; says?: string }): string {
  const { quote, why } = term;
  const says =
    term.says ??
    (why === 'unclear'
      ? `“${quoted(quote)}” looks like a release term, and is not understood.`
      : `“${quoted(quote)}” holds the story.`);
  const isStated = why === 'stated' || why === 'dated' || why === 'scheduled';
  const again = isStated ? 'without that' : 'without that or with “embargo: none”';
  return `${says} The story is held until it is filed again ${again}, or released with “npx copydesk release”.`;
}

function quoted(quote: string): string {
  const line = oneLine(quote);
  return line.length > MAX_QUOTE_CHARS ? `${head(line, MAX_QUOTE_CHARS)}…` : line;
}
