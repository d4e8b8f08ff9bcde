import { parseArticle } from '../../../functions/ingest/parse.ts';

/**
 * Subjects whose first word is a release term without a mark, or the first word of a headline about a draft or a hold.
 * Each has the copy of its mail, which decides. What cannot be decided is held, because an editor can undo that.
 */

const HARBOUR =
  'The board of the harbour voted on Thursday to widen the northern basin, a project that residents of the old town have opposed for years. Work will begin in March, the chairwoman said, and the fish market will move to the customs hall.';
const MEETING =
  'The council of the harbour town will hold a meeting on Monday about a draft of the budget, the mayor said. The ferry will sail every day from March, and holders of old tickets can use them until the summer.';

async function read(subject: string, copy: string, type = 'text/plain') {
  const body = type === 'text/html' ? `<p>${copy}</p>` : copy;
  const head = `From: Ann Quay <a@example.org>\nSubject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=\nMIME-Version: 1.0\nContent-Type: ${type}; charset=utf-8`;
  const article = await parseArticle({
    bytes: Buffer.from(`${head}\n\n${body}\n`),
    key: 'a.eml',
    filedAt: '2026-11-30T09:00:00.000Z',
  });
  return { headline: article.headline, isHeld: article.hold !== undefined };
}

const FERRY = 'Ferry sails every day from March';
const BOARD = 'Harbour board votes to widen basin';

test.each([
  ['Draft', BOARD, HARBOUR],
  ['draft', BOARD, HARBOUR],
  ['Hold', BOARD, HARBOUR],
  ['On hold', BOARD, HARBOUR],
  ['Re: Draft', BOARD, HARBOUR],
  ['NYP', BOARD, HARBOUR],
  ['DNP', BOARD, HARBOUR],
  ['WIP', BOARD, HARBOUR],
  ['Not yet public', BOARD, HARBOUR],
  ['Not for publication', BOARD, HARBOUR],
  ['Do not publish', BOARD, HARBOUR],
  ['First draft', BOARD, HARBOUR],
  [
    'Entwurf',
    'Hafenrat verbreitert das Becken',
    'Der Rat hat am Donnerstag beschlossen, das nördliche Becken zu verbreitern. Die Arbeiten beginnen im März, sagte die Vorsitzende.',
  ],
  [
    'Borrador',
    'Puerto amplía la dársena norte',
    'La junta del puerto votó el jueves ampliar la dársena norte, un proyecto que los vecinos rechazan desde hace años.',
  ],
  [
    'Brouillon',
    'Le port élargit le bassin nord',
    'Le conseil du port a voté jeudi pour élargir le bassin nord, un projet que les riverains refusent depuis des années.',
  ],
  // The story has the word by chance.
  ['Hold', FERRY, MEETING],
  ['Draft', FERRY, MEETING],
  // Title case, and a name at the start.
  ['Draft', 'Harbour Board Votes to Widen Basin', HARBOUR],
  ['Hold', 'Bramsey council widens the basin', HARBOUR],
  ['Kill', BOARD, HARBOUR],
  ['Draft', 'The harbour gets a new basin', HARBOUR],
  ['Draft', 'Report calls the old basin unsafe', HARBOUR],
])('“%s %s” is a term and a headline', async (term, headline, copy) => {
  for (const type of ['text/plain', 'text/html'])
    expect(await read(`${term} ${headline}`, copy, type)).toEqual({ headline, isHeld: true });
});

test.each([
  [
    'Draft law passes parliament',
    'Parliament passed the law on ferries on Thursday. The opposition voted against it.',
  ],
  [
    'Hold music charms callers',
    'Callers of the harbour office like its music, a survey says. The tune is a waltz.',
  ],
  [
    'Draft Law Passes Parliament',
    'The draft law on ferries passed parliament on Thursday. The opposition voted against it.',
  ],
  [
    'Hold Music Charms Callers',
    'Callers who are put on hold by the harbour office like its music, a survey says.',
  ],
  [
    'Draft EU rules would ban old ferries',
    'The rules, a draft of which was seen on Thursday, would ban ferries older than 30 years.',
  ],
  [
    'Draft UN text names the harbour',
    'The harbour is named in a draft resolution that was sent to members on Thursday.',
  ],
  [
    'Draft Brexit deal angers islanders',
    'The draft Brexit deal leaves the islands without a ferry, their council said.',
  ],
  [
    'Draft Pick Jones Signs for Hawks',
    'Jones was picked in the second round of the draft and signed for the Hawks on Thursday.',
  ],
  [
    'Draft Harbour Plan Angers Residents',
    'The draft harbour plan has angered residents of the old town, who will lose their market.',
  ],
  [
    'Draft Harbour plan angers residents',
    'The draft Harbour plan has angered residents of the old town, who will lose their market.',
  ],
  [
    'Draft Report Calls Basin Unsafe',
    'The draft report, which was seen on Thursday, calls the basin unsafe.',
  ],
  [
    'Hold On to Old Tickets, Ferry Says',
    'Passengers should hold on to old tickets, the ferry company said on Thursday.',
  ],
  ['Drafts of the treaty leaked', 'The treaty was leaked on Thursday.'],
  [
    'Hold Bramsey to account, says minister',
    'The minister said that the company must be held, and that he would hold its owner to account.',
  ],
  [
    'Hold Steady to play harbour fair',
    'The band will hold two concerts at the harbour fair, its manager said.',
  ],
  [
    'Hold Your Horses: Race Put Off',
    'The race at Bramsey was put off on Thursday, because the track did not hold the water.',
  ],
  [
    'Held Captain Freed After Nine Days',
    'The captain, who was held for nine days, was freed on Thursday and flew home.',
  ],
  [
    'Killed Fisherman Named',
    'The fisherman who was killed in the storm was named on Thursday as a father of two.',
  ],
  [
    'Kill Bill sword sold at auction',
    'The sword of the film Kill Bill was sold at an auction on Thursday to a fan.',
  ],
  [
    'NYP Holdings sues harbour',
    'NYP Holdings, which owns a newspaper, sued the harbour on Thursday over its lease.',
  ],
  [
    'NFP Report Beats Forecasts',
    'The NFP report beat the forecasts of economists on Thursday, and shares rose.',
  ],
  [
    'Entwurf Haushalt 2027 liegt vor',
    'Der Entwurf für den Haushalt liegt seit Donnerstag vor, sagte die Ministerin.',
  ],
])('“%s” is a headline', async (subject, copy) => {
  for (const type of ['text/plain', 'text/html'])
    expect(await read(subject, copy, type)).toEqual({ headline: subject, isHeld: false });
});

test.each([
  // A story that never says “draft” or “hold” can be about one.
  [
    'Draft Brexit deal angers islanders',
    'The deal leaves the islands without a ferry, their council said on Thursday.',
  ],
  [
    'Hold Bramsey to account, says minister',
    'The minister said that the company was at fault, and that its owner must pay.',
  ],
])('“%s” is held if the story does not decide', async (subject, copy) => {
  expect((await read(subject, copy)).isHeld).toBe(true);
});
