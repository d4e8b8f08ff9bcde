import { parseArticle } from '../../../functions/ingest/parse.ts';

const LONG = `The council of the harbour town voted on Tuesday to restore the ferry line, which had been closed for two years after
the storm. The mayor said that the decision had been long awaited by commuters and by traders on the island. The money comes from
the reserve, which has not been touched for eleven years.`;
const CHINESE = '港口城镇的议会周二投票决定恢复渡轮航线，这条航线在风暴之后已经关闭了两年。'.repeat(4);
const ARABIC =
  'صوت مجلس المدينة الساحلية يوم الثلاثاء على إعادة خط العبارة الذي أغلق لمدة عامين بعد العاصفة. '.repeat(3);

const H = '<h1>Ferry sails again</h1>';
const BOX = `<div>${LONG}</div>`;
const OTHER_BOX = BOX.replaceAll('harbour', 'river');

// Short blocks next to a box of text or between two boxes belong to the story.
const CASES: [name: string, body: string, words: string[]][] = [
  [
    'sentences',
    `<article>${H}<p>The ferry is back.</p>${BOX}<p>It sails tomorrow.</p></article>`,
    ['The ferry is back.', 'It sails tomorrow.'],
  ],
  [
    'a box around each',
    `<main>${H}<div><p>The ferry is back.</p></div>${BOX}<div><p>It sails tomorrow.</p></div></main>`,
    ['The ferry is back.', 'It sails tomorrow.'],
  ],
  [
    'a heading and a list at the end',
    `<article>${H}${BOX}<h3>What now?</h3><p>They wait.</p><ul><li>Fare: none</li></ul><p>That is all.</p></article>`,
    ['What now?', 'They wait.', 'Fare: none', 'That is all.'],
  ],
  [
    'a question and a word',
    `<article>${H}<p>Who pays?</p>${BOX}<p>Nobody!</p></article>`,
    ['Who pays?', 'Nobody!'],
  ],
  [
    'two on each side',
    `<article>${H}<p>It is back.</p><p>At last.</p>${BOX}<p>It sails.</p><p>At six.</p></article>`,
    ['It is back.', 'At last.', 'It sails.', 'At six.'],
  ],
  ['quotations', `<article>${H}<p>“We won.”</p>${BOX}<p>«Enfin.»</p></article>`, ['“We won.”', '«Enfin.»']],
  [
    'a colon and a link',
    `<article>${H}<p>The mayor said:</p>${BOX}<p>The <a href="/f">ferry</a> is back.</p></article>`,
    ['The mayor said:', 'The ferry is back.'],
  ],
  [
    'Chinese',
    `<article>${H}<p>渡轮回来了。</p><div>${CHINESE}</div><p>明天启航。</p></article>`,
    ['渡轮回来了。', '明天启航。'],
  ],
  [
    'Arabic',
    `<article>${H}<p>عادت العبارة.</p><div>${ARABIC}</div><p>من يدفع؟</p></article>`,
    ['عادت العبارة.', 'من يدفع؟'],
  ],
  ['Hindi', `<article>${H}<p>नौका लौट आई।</p>${BOX}<p>कल चलेगी।</p></article>`, ['नौका लौट आई।', 'कल चलेगी।']],
  [
    'boxes for paragraphs',
    `<div id="c">${H}<div>The ferry is back.</div>${BOX}<div>It sails tomorrow.</div></div>`,
    ['The ferry is back.', 'It sails tomorrow.'],
  ],
  [
    'bare text',
    `<article>${H}The ferry is back.${BOX}It sails tomorrow.</article>`,
    ['The ferry is back.', 'It sails tomorrow.'],
  ],
  [
    'a cell of a layout table',
    `<table><tr><td>${H}<p>It is back.</p>${BOX}<p>It sails.</p></td></tr></table>`,
    ['It is back.', 'It sails.'],
  ],
  [
    'no box around the story',
    `${H}<p>The ferry is back.</p>${BOX}<p>It sails tomorrow.</p>`,
    ['The ferry is back.', 'It sails tomorrow.'],
  ],
  [
    'a quotation below',
    `<article>${H}${BOX}<blockquote>We won.</blockquote><p>It sails.</p></article>`,
    ['We won.', 'It sails.'],
  ],
  ['a heading between', `<article>${H}${BOX}<h2>The costs</h2>${OTHER_BOX}</article>`, ['The costs']],
  [
    'a list between',
    `<article>${H}${BOX}<ul><li>four euros</li><li>two</li></ul>${OTHER_BOX}</article>`,
    ['four euros', 'two'],
  ],
  [
    'a list above, and preformatted text and a table below',
    `<article>${H}<ul><li>Two euros</li></ul>${BOX}<pre>Quay 3, Orm 2</pre><table><tr><td>Six</td></tr></table></article>`,
    ['Two euros', 'Quay 3, Orm 2', 'Six'],
  ],
  [
    'a list of sentences',
    `<article>${H}${BOX}<ol><li>The roof comes first, in April.</li><li>The pool of the old ferry follows a year later.</li>
      <li>Traders on the island pay for the quay, which the storm broke.</li></ol></article>`,
    ['The roof comes first, in April.'],
  ],
  [
    'a list below a heading',
    `<article>${H}${BOX}<h2>What next</h2><dl><dt>April</dt><dd>Roof</dd></dl></article>`,
    ['What next', 'April', 'Roof'],
  ],
  [
    'a Japanese list',
    `<article>${H}<div>${CHINESE}</div><ul><li>六航路</li><li>一日三便</li></ul></article>`,
    ['六航路', '一日三便'],
  ],
  [
    'a paragraph below a picture',
    `<article>${H}${BOX}<figure><img src="/quay.jpg"><figcaption>The quay.</figcaption></figure><p>It sails.</p></article>`,
    ['It sails.'],
  ],
  [
    'paragraphs without a full stop',
    `<article>${H}${BOX}<p>It sails in May</p><p>(ag/mh)</p></article>`,
    ['It sails in May', '(ag/mh)'],
  ],
  [
    'a sentence that is mostly a link',
    `<article>${H}<p>See <a href="/m">the map</a>.</p>${BOX}<p>Frag <a href="/x">den Verein</a>!</p></article>`,
    ['See the map.', 'Frag den Verein!'],
  ],
];

const read = (body: string) =>
  parseArticle({
    bytes: Buffer.from(
      `<!doctype html><html><head><title>Ferry sails again</title></head><body>${body}</body></html>`,
    ),
    key: 'desk/story.html',
    contentType: 'text/html',
  });

test.each(CASES)('%s', async (_, body, words) => {
  const lines = (await read(body)).bodyText.split('\n');
  for (const line of words) expect(lines).toContain(line);
});

test.each([
  ['a deck', `<article>${H}<p>Town votes for the old line</p>${BOX}</article>`, 'Town votes'],
  [
    'a box named as another',
    `<article>${H}${BOX}<div class="newsletter">Read us daily.</div></article>`,
    'Read us daily',
  ],
  [
    'a line that is a link',
    `<article>${H}${BOX}<p><a href="/x">It sails tomorrow.</a></p></article>`,
    'It sails',
  ],
  [
    'a list of links',
    `<article>${H}${BOX}<ul><li><a href="/x">It sails tomorrow</a></li><li><a href="/y">Who pays</a></li></ul></article>`,
    'It sails',
  ],
  [
    'a heading of a list of links',
    `<article>${H}${BOX}<h3>It sails</h3><ul><li><a href="/x">Tomorrow</a></li></ul></article>`,
    'It sails',
  ],
  [
    'a share box',
    `<article>${H}${BOX}<p><a href="/s">Share</a> | <a href="/p">Print</a></p><p>Advertisement</p></article>`,
    'Advertisement',
  ],
  [
    'a list of navigation without a headline above it',
    `<ul><li>Home</li><li>It sails</li></ul>${BOX}`,
    'It sails',
  ],
])('%s stays out', async (_, body, words) => {
  expect((await read(body)).bodyText).not.toContain(words);
});
