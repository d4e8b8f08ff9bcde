import { H1, linked, page, read } from './read-page.ts';

describe('headlines', () => {
  const headline = (html: string) => read(html).stated.headline?.text;
  it.each([
    [
      'a heading that is the name of the site',
      '<title>Bridge to close | Harbour Post</title><meta property="og:site_name" content="Harbour Post">',
      '<h1>Harbour Post</h1><h2>Bridge to close</h2>',
      'Bridge to close',
    ],
    [
      'a title that is cut off',
      '<title>Bridge to close for the…</title>',
      '<h1>Bridge to close for the winter</h1>',
      'Bridge to close for the winter',
    ],
    [
      'the fuller of two headings',
      '<title>Bridge to close for the winter – Harbour Post and Mail</title>',
      '<h1>Harbour Post and Mail</h1><h1>Bridge to close for the winter</h1>',
      'Bridge to close for the winter',
    ],
    [
      'linked data escaped as HTML',
      linked({ '@type': 'Article', headline: 'Gew&#x00E4;chs&#x20;&amp; Haus' }),
      '',
      'Gewächs & Haus',
    ],
    [
      'the only heading of the story',
      '<title>Port Ellis ferry vote: winter boat saved | Harbour Post</title><meta property="og:title" content="Port Ellis ferry vote: winter boat saved">',
      '<header><h1><a href="/">Harbour Post</a></h1></header><main><article><h1>The night the island said no</h1></article></main>',
      'The night the island said no',
    ],
    [
      'a heading in other words than the title',
      '<title>DB Lounge: Kein Zutritt mehr mit Sparpreis</title>',
      '<div><h1>Kein Zugang zur DB Lounge mit Sparpreis-Ticket</h1></div>',
      'Kein Zugang zur DB Lounge mit Sparpreis-Ticket',
    ],
    [
      'a Japanese heading in other words',
      '<title>港の拡張を市が決定 | 港新聞</title>',
      '<main><h1>市議会、港の拡張を可決</h1></main>',
      '市議会、港の拡張を可決',
    ],
    [
      'the title above the heading of a side box',
      '<title>Bridge to close for the winter</title>',
      '<aside><h1>Letters to the editor of the week</h1></aside>',
      'Bridge to close for the winter',
    ],
    [
      'the title above the name of a section',
      '<title>Bridge to close for the winter</title>',
      '<main><h1>News</h1></main>',
      'Bridge to close for the winter',
    ],
    [
      'the heading, not the trail of links before it',
      `<title>Bridge to close</title>${linked({ '@type': 'Article', headline: 'Old bridge closes until spring' })}`,
      '<nav><ol><li><h1>Bridge to close</h1></li></ol></nav><article><h2>Old bridge closes until spring</h2></article>',
      'Old bridge closes until spring',
    ],
    [
      'a kicker apart from the heading',
      '<title>Bridge dispute / Board widens the basin</title><meta property="og:title" content="Bridge dispute / Board widens the basin">',
      '<h1><span>Bridge dispute</span><span>Board widens the basin</span></h1>',
      'Bridge dispute / Board widens the basin',
    ],
    [
      'a kicker that no title has',
      '<title>Board widens the basin</title>',
      '<h1><small>Harbour</small>Board widens the basin</h1>',
      'Board widens the basin',
    ],
    [
      'a kicker by its class',
      '<title>Port Ellis basin vote</title>',
      '<article><h1><span class="headline__kicker">Hafenstreit</span><span>Rat stimmt für das große Becken</span></h1></article>',
      'Rat stimmt für das große Becken',
    ],
    [
      'a kicker before a bar',
      '<meta property="og:title" content="Board widens the basin">',
      '<h1>Politics | Board widens the basin</h1>',
      'Board widens the basin',
    ],
    [
      'a heading with an initial of its own',
      '<title>The board widens the basin</title>',
      '<h1><span>T</span><span>he board widens the basin</span></h1>',
      'The board widens the basin',
    ],
  ])('%s', (_, head, body, expected) => {
    expect(headline(page(body, head))).toBe(expected);
  });
});

it('the name of the site is what its publisher is called', () => {
  const data = linked({ '@type': 'Article', headline: 'x', publisher: { name: 'Harbour Post' } });
  expect(
    read(page(H1, `${data}<meta property="og:site_name" content="harbourpost.example">`)).stated.siteName,
  ).toBe('Harbour Post');
});
