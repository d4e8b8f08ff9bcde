import {
  type HoldReason,
  holdSentence,
  ReleaseTerms,
  type Term,
} from '../../../functions/ingest/model/release-terms.ts';

const EARLY = '2027-01-01T00:00:00.000Z';
const LATE = '2027-02-01T00:00:00.000Z';
const until = (at: string): Term => ({ kind: 'until', at, quote: 'u' });
const expires = (at: string): Term => ({ kind: 'expires', at, quote: 'e' });
const hold = (why: HoldReason, quote = 'h'): Term => ({ kind: 'hold', quote, why });
const withdraw: Term = { kind: 'withdraw', quote: 'kill' };
const clear: Term = { kind: 'clear', quote: 'none' };

function stateOf(terms: readonly (Term | undefined)[], dated = false) {
  const all = new ReleaseTerms();
  all.add(...terms);
  return all.state(dated);
}

/** The same, whatever the order in which the terms were found. */
function inAnyOrder(...terms: Term[]) {
  const state = stateOf(terms);
  expect(stateOf([...terms].reverse())).toEqual(state);
  return state;
}

test('without a statement there is nothing to obey', () => {
  const none = new ReleaseTerms();
  none.add(undefined);
  expect([none.size, none.state(true), none.warnings()]).toEqual([0, {}, []]);
});

test('the latest embargo and the earliest expiry win', () => {
  expect(inAnyOrder(until(EARLY), until(LATE))).toEqual({ embargoUntil: LATE });
  expect(inAnyOrder(expires(EARLY), expires(LATE))).toEqual({ expiresAt: EARLY });
  expect(inAnyOrder(until(EARLY), expires(LATE))).toEqual({ embargoUntil: EARLY, expiresAt: LATE });
});

test('a withdrawal stands, whatever else is said, and the editor is told of it', () => {
  expect(inAnyOrder(withdraw, clear, until(LATE))).toEqual({ withdraw: true, embargoUntil: LATE });
  const terms = new ReleaseTerms();
  terms.add(until(LATE), withdraw, { kind: 'withdraw', quote: 'status: killed' }, hold('line'));
  expect(terms.size).toBe(4);
  expect(terms.warnings()).toEqual([
    '“kill” withdraws the story until it is filed without that.',
    '“status: killed” withdraws the story until it is filed without that.',
  ]);
});

describe('a hold', () => {
  const REASONS: HoldReason[] = ['stated', 'dated', 'scheduled', 'line', 'unclear'];

  test.each(REASONS)('that is %s holds by itself, and quotes the first statement', why => {
    expect(stateOf([hold(why, 'first'), hold(why, 'second')])).toEqual({
      hold: holdSentence({ quote: 'first', why }),
    });
  });

  test.each<[HoldReason, boolean]>([
    ['stated', true],
    ['line', true],
    ['unclear', true],
    ['dated', false],
    ['scheduled', false],
  ])('that is %s stands beside an embargo: %s', (why, stands) => {
    expect('hold' in inAnyOrder(hold(why), until(LATE))).toBe(stands);
  });

  test.each<[HoldReason, boolean]>([
    ['stated', true],
    ['dated', true],
    ['scheduled', true],
    ['line', false],
    ['unclear', false],
  ])('that is %s stands against “embargo: none”: %s', (why, stands) => {
    expect('hold' in inAnyOrder(hold(why), clear)).toBe(stands);
  });

  test('that waits for the date of publication ends where the source states one, and no other does', () => {
    for (const why of REASONS) expect('hold' in stateOf([hold(why)], true)).toBe(why !== 'scheduled');
  });
});

describe('the sentence of a hold', () => {
  test('quotes the statement and says how the story is released', () => {
    expect(holdSentence({ quote: 'draft:\n true', why: 'stated' })).toBe(
      '“draft: true” holds the story. The story is held until it is filed again without that, or released with “npx copydesk release”.',
    );
    for (const why of ['dated', 'scheduled'] as const)
      expect(holdSentence({ quote: 'q', why })).toMatch(/without that, or/);
    for (const why of ['line', 'unclear'] as const)
      expect(holdSentence({ quote: 'q', why })).toContain('without that or with “embargo: none”');
  });

  test('says what is not understood, and what a reader has to say instead', () => {
    expect(holdSentence({ quote: 'embargo: Friday', why: 'unclear' })).toMatch(
      /^“embargo: Friday” looks like a release term, but it could not be understood\. The/,
    );
    expect(holdSentence({ quote: 'q', why: 'unclear', says: 'It never ends.' })).toMatch(
      /^It never ends\. The story is held/,
    );
  });

  test('cuts a long quotation', () => {
    expect(holdSentence({ quote: 'x'.repeat(160), why: 'line' })).toContain(`“${'x'.repeat(160)}”`);
    expect(holdSentence({ quote: 'x'.repeat(161), why: 'line' })).toContain(`“${'x'.repeat(160)}…”`);
  });
});
