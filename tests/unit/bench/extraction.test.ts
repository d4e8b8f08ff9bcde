import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findSwitches } from '../../../bench/extraction/ablation/switches.ts';
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
  const ingest = path.resolve(import.meta.dirname, '../../../functions/ingest');
  const switches = findSwitches(ingest);

  it('change the source and nothing outside their line or statement', () => {
    for (const { file, source, name } of switches) {
      const before = readFileSync(file, 'utf8').split('\n');
      const after = source.split('\n');
      const same = before.findIndex((line, at) => line !== after[at]);
      expect([name, same]).not.toEqual([name, -1]);
    }
  });

  it('are there for each kind, each limit and each step', () => {
    const kinds = new Set(switches.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['condition', 'function', 'kind', 'limit', 'list', 'step']);
    expect(switches.filter(({ kind }) => kind === 'step').length).toBeGreaterThan(3);
  });
});
