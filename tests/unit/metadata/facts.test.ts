import { parseHtml } from '../../../functions/ingest/html/tree.ts';
import { gatherMarkupFacts } from '../../../functions/ingest/metadata/facts.ts';
import { mayHaveRole, rolesOf } from '../../../functions/ingest/metadata/role-names.ts';
import { Deadline } from '../../../functions/ingest/model/deadline.ts';
import type { Element } from '../../../functions/ingest/model/dom.ts';
import {
  AUTHOR_CLASSES,
  BYLINE_STARTS,
  DATE_CLASSES,
} from '../../../functions/ingest/words/html/metadata.ts';

const gather = (html: string) => gatherMarkupFacts(parseHtml(html, new Deadline(30)).root);
const texts = (elements: readonly Element[]) => elements.map(({ children }) => children[0]?.data);

/** Lists all texts that a pattern of groups, alternatives and question marks matches. `\w{0,4}` and the like count as empty. */
function expand(source: string): string[] {
  let at = 0;
  const sequence = (): string[] => {
    let all: string[] = [];
    let current = [''];
    for (; at < source.length && source[at] !== ')'; ) {
      if (source[at] === '|') {
        all = all.concat(current);
        current = [''];
        at += 1;
        continue;
      }
      let atoms: string[];
      if (source.startsWith('(?:', at)) {
        at += 3;
        atoms = sequence();
        at += 1;
      } else if (source[at] === '\\') {
        at = source.indexOf('}', at) + 1;
        if (source[at] === '{') at = source.indexOf('}', at) + 1;
        atoms = [''];
      } else {
        atoms = [source[at] ?? ''];
        at += 1;
      }
      if (source[at] === '?') {
        at += 1;
        atoms = ['', ...atoms];
      }
      current = current.flatMap(start => atoms.map(atom => start + atom));
    }
    return all.concat(current);
  };
  return sequence();
}

/** Lists the words of a pattern without its first and last groups. */
function wordsOf({ source }: RegExp, before: string, after: string): string[] {
  return expand(source.slice(before.length, source.length - after.length));
}

describe('the fast check before the patterns', () => {
  const [before, after] = ['(?:^|[\\s_-])', '(?:$|[\\s_-])'];
  const authors = wordsOf(AUTHOR_CLASSES, before, after);
  const dates = wordsOf(DATE_CLASSES, before, after);

  it('knows all words of the patterns', () => {
    expect(authors).toEqual(expect.arrayContaining(['by-lines', 'blog-author', 'autores', 'submitted']));
    expect(authors.length).toBeGreaterThan(100);
    expect(dates).toEqual(expect.arrayContaining(['date', 'pub-date', 'uploaded']));
  });

  it.each([...authors, ...dates])('passes %s', name => {
    for (const names of [name, name.toUpperCase(), `box_${name}-x`, `a ${name}`]) {
      expect(rolesOf(names)).not.toBe(0);
      expect(mayHaveRole(names)).toBe(true);
    }
  });

  it('passes the class of a name, and no class of a function', () => {
    expect(['fn', 'url fn n', 'FN'].map(rolesOf)).not.toContain(0);
    expect(['fn', 'url fn n', 'FN'].map(mayHaveRole)).not.toContain(false);
    expect(['fn-global', 'js-fn'].map(rolesOf)).toEqual([0, 0]);
  });

  it.each(
    'entry-title post-title posttitle article-title article-headline story-headline headline articletitle page-title content-heading contentheading item-title titre titolo dek standfirst sub-headline subheadline sub-head subhead article-subtitle entry-subtitle chapo'.split(
      ' ',
    ),
  )('passes %s', name => {
    expect(rolesOf(name)).not.toBe(0);
    expect(mayHaveRole(name)).toBe(true);
  });

  it('rejects most names without a role', () => {
    const names =
      'container row col-md-4 menu-item nav clearfix btn-primary widget social icon footer wrap'.split(' ');
    expect(names.filter(mayHaveRole)).toEqual([]);
  });

  it('accepts every text that begins like a byline', () => {
    const starts = wordsOf(BYLINE_STARTS, '^[\\s|•–—-]{0,9}', '(?:[\\s:：/]|$)');
    expect(starts).toEqual(expect.arrayContaining(['by', 'ein beitrag von', '記者']));
    for (const start of starts)
      for (const text of [`${start} Jane`, `\n |–- ${start.toUpperCase()} Jane`, start])
        expect(texts(gather(`<div>${text}</div>`).bylines).length).toBe(BYLINE_STARTS.test(text) ? 1 : 0);
    expect(gather(`<div>${' '.repeat(10)}By Jane</div>`).bylines).toEqual([]);
    expect(gather(`<div>${' '.repeat(9)}By Jane</div>`).bylines.length).toBe(1);
  });
});

describe('facts', () => {
  it('reads class and id together up to the maximum length', () => {
    expect(
      texts(gather('<p class="x" id="byline">a</p><p class="byline" id="x">b</p><p id="x">c</p>').authors),
    ).toEqual(['a', 'b']);
    const long = 'x'.repeat(295);
    expect(gather(`<p class="${long}" id="byline">a</p>`).authors).toEqual([]);
    // A longer word becomes a known name if it is cut at the limit.
    expect(texts(gather(`<p class="${'x'.repeat(296)}" id="fnord">a</p>`).authors)).toEqual([]);
    expect(texts(gather(`<p class="${'x'.repeat(297)}" id="fnord">a</p>`).authors)).toEqual(['a']);
  });

  it('reads each name of a meta element in any spelling and normalises its content', () => {
    const { metas } = gather(
      '<meta property="og:title Twitter:Title" content=" A \n title "><meta name="DC:Creator" content="Jane"><meta name="dcterm.date" content="2024"><meta name="author" content=" "><meta itemprop="author" content="Joe">',
    );
    expect(metas.get('og:title')).toEqual(['A title']);
    expect(metas.get('twitter:title')).toEqual(['A title']);
    expect(metas.get('dc.creator')).toEqual(['Jane']);
    expect(metas.get('dcterms.date')).toEqual(['2024']);
    expect(metas.get('author')).toEqual(['Joe']);
    expect(metas.get('none')).toBeUndefined();
  });
});
