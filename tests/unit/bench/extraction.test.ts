import { transformSync } from 'esbuild';
import { type Switch, withSwitches } from '../../../bench/extraction/ablation/switches.ts';
import { scorePage, scoreSet } from '../../../bench/extraction/evaluate.ts';
import { losses } from '../../../bench/extraction/recorded.ts';
import { coverageOf } from '../../../bench/extraction/sets/grams.ts';
import { SET_NAMES, type SetName } from '../../../bench/extraction/sets/index.ts';
import type { Page } from '../../../bench/extraction/sets/page-set.ts';

const FIRST = 'The ferry sails again from Monday, the harbour master said.';
const SECOND = 'Repairs to its engine took three weeks and cost the town dearly.';

const GOLD: Record<SetName, unknown> = {
  aeb: `${FIRST}\n${SECOND}`,
  traf: { file: 'a.html', with: [FIRST, SECOND], without: ['Share this'] },
  wcxb: { title: 'Ferry', main_content: `${FIRST}\n${SECOND}` },
  fundus: {
    title: 'Ferry',
    authors: [],
    published: null,
    crawled: null,
    summary: [],
    sections: [{ headline: [], paragraphs: [FIRST, SECOND] }],
  },
};

function pageOf(set: SetName, url = 'https://news.example.org/ferry'): Page {
  const text = `${FIRST}\n${SECOND}`;
  return { id: 'a', url, bytes: new Uint8Array(), html: '', gold: GOLD[set], text, file: '' };
}

describe.each(SET_NAMES)('scores of %s', set => {
  const f1 = (text: string) => scoreSet(set, [scorePage(set, pageOf(set), { text })]).f1;

  it('gives 1 to the text of the gold, less to a part of it and to more than it, and 0 to no text', () => {
    expect(f1(`${FIRST}\n${SECOND}`)).toBe(1);
    expect(f1(FIRST)).toBeLessThan(0.9);
    expect(f1(`${FIRST}\n${SECOND}\nShare this with everybody you know`)).toBeLessThan(1);
    expect(f1('')).toBe(0);
  });

  it('counts a paragraph that the text does not have as lost', () => {
    expect(scorePage(set, pageOf(set), { text: FIRST })).toMatchObject({ paragraphs: 2, lost: 1 });
  });
});

it('covers a paragraph that stands twice in the text once', () => {
  expect(coverageOf([FIRST], [], [FIRST, FIRST])).toMatchObject({ right: 10, added: 10, lost: 0 });
});

it('puts all pages of a site into one fold, whatever the host and the set', () => {
  const folds = ['https://www.example.co.uk/a', 'http://sport.example.co.uk/b?c'].flatMap(url =>
    SET_NAMES.map(set => scorePage(set, pageOf(set, url), undefined).fold),
  );
  expect(new Set(folds).size).toBe(1);
});

it('names each score that is lower than the recorded one by more than the tolerance', () => {
  const recorded = { 'aeb F1': 0.98, 'traf F1': 0.945, 'wcxb F1': 0.95 };
  expect(losses(recorded, { 'aeb F1': 0.9785, 'traf F1': 0.94, 'wcxb F1': 0.96 })).toEqual([
    'traf F1 is 0.9400. The recorded score is 0.9450.',
  ]);
});

describe('switches of the ablation', () => {
  const SOURCE = `
const MAX = 10;
const WORDS = new Set([
  'a',
  'b',
]);
const LABEL =
  /a/;
function isLong(list: readonly number[]): boolean {
  return list.length > 2;
}
function size(list: readonly number[]) {
  if (list.length === 3) return 30;
  return list.length;
}
const result = [MAX, WORDS.size, LABEL.test('a'), isLong([1, 2, 3]), size([1, 2, 3])];
`;

  it('change what the source does one by one, and nothing while none is off', () => {
    const names: string[] = [];
    const add = ({ kind, name }: Switch) => `off === ${names.push(`${kind} ${name}`) - 1}`;
    const { code } = transformSync(withSwitches('page/a.ts', SOURCE, add), { loader: 'ts' });
    const run = new Function('off', `${code}return result;`);
    expect(run(-1)).toEqual([10, 2, true, true, 30]);
    expect(Object.fromEntries(names.map((name, off) => [name, run(off)]))).toEqual({
      'limit a.ts MAX x0.7': [7, 2, true, true, 30],
      'limit a.ts MAX x1.4': [14, 2, true, true, 30],
      'list a.ts WORDS': [10, 0, true, true, 30],
      'list a.ts LABEL': [10, 2, false, true, 30],
      'function a.ts isLong()': [10, 2, true, false, 30],
      'condition a.ts 13 if (list.length === 3)': [10, 2, true, true, 3],
    });
  });
});
