import { head, oneLine } from '../text/characters.ts';
import type { DateContext } from '../text/dates.ts';

/** The context for reading release terms. */
export interface TermContext extends DateContext {
  /** Time of filing, RFC 3339. A weekday, or a date without a year, is the next one after it. */
  filedAt?: string | undefined;
}

/**
 * One statement of a source about when a story may be public. `hold` waits for an editor. `clear` says that
 * there is no embargo.
 */
export type Term =
  | { kind: 'until' | 'expires'; at: string; quote: string }
  /** `says` replaces the sentence that quotes the statement. */
  | { kind: 'hold'; quote: string; why: HoldReason; says?: string }
  | { kind: 'withdraw' | 'clear'; quote: string };

/**
 * Why a statement holds a story:
 * - `stated`: a key says so, such as `hold: true`.
 * - `dated`: the statement needs an instant from another statement, such as `embargo: true`.
 * - `scheduled`: the statement needs a date of publication, such as `status: scheduled`.
 * - `line`: a line of the copy says so.
 * - `unclear`: the statement looks like a release term but is not understood.
 */
export type HoldReason = 'stated' | 'dated' | 'scheduled' | 'line' | 'unclear';

/** The result of all release terms of a source. Instants are RFC 3339. */
export interface ReleaseState {
  embargoUntil?: string;
  expiresAt?: string;
  hold?: string;
  withdraw?: true;
}

/** Maximum length of a quoted statement, in characters. */
const MAX_QUOTE_CHARS = 160;

/** Collects the release terms of one file from all its statements. The strictest term wins. */
export class ReleaseTerms {
  readonly #terms: Term[] = [];

  add(...terms: readonly (Term | undefined)[]): void {
    for (const term of terms) if (term) this.#terms.push(term);
  }

  get size(): number {
    return this.#terms.length;
  }

  /**
   * Combines the terms: the latest embargo, the earliest expiry, the first hold, any withdrawal. An explicit
   * `embargo: none` lifts the holds from lines of the copy and from unclear statements, but no others.
   * @param dated whether the source states a date of publication, which `status: scheduled` needs
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

  /** Whether a key of the source holds the story, such as `published: false`. */
  get isHeldByKey(): boolean {
    return this.#terms.some(term => term.kind === 'hold' && term.why === 'stated');
  }

  /** Warnings for editors about withdrawals. */
  warnings(): string[] {
    return this.#terms
      .filter(({ kind }) => kind === 'withdraw')
      .map(({ quote }) => `“${quoted(quote)}” withdraws the story until it is filed without that.`);
  }
}

/** Says why a story is held and how an editor releases it. */
export function holdSentence(term: { quote: string; why: HoldReason; says?: string }): string {
  const { quote, why } = term;
  const says =
    term.says ??
    (why === 'unclear'
      ? `“${quoted(quote)}” looks like a release term, but it could not be understood.`
      : `“${quoted(quote)}” holds the story.`);
  const isStated = why === 'stated' || why === 'dated' || why === 'scheduled';
  const again = isStated ? 'without that' : 'without that or with “embargo: none”';
  return `${says} The story is held until it is filed again ${again}, or released with “npx copydesk release”.`;
}

function quoted(quote: string): string {
  const line = oneLine(quote);
  return line.length > MAX_QUOTE_CHARS ? `${head(line, MAX_QUOTE_CHARS)}…` : line;
}
