import { parse } from 'yaml';
import { parseArticle } from '../../../functions/ingest/parse.ts';

/** Release terms in lists and objects of front matter, in each form of front matter. */

const HEADLINE = 'Harbour board widens the basin';
const TEXT =
  'The board of the harbour voted on Thursday to widen the northern basin, a project that residents of the old town have opposed for years.';
const UNTIL = '2099-03-05T00:00:00.000Z';

async function read(text: string, key = 'quay-file.md') {
  const { headline, hold, embargoUntil, bodyText } = await parseArticle({
    bytes: Buffer.from(text),
    key,
    filedAt: '2026-11-30T09:00:00.000Z',
  });
  return { headline, state: embargoUntil ?? (hold === undefined ? 'live' : 'held'), bodyText };
}

/** The same fields as YAML, as YAML with a mistake in another field, as JSON, and without fences. */
const forms = (fields: string): [string, string][] => [
  ['yaml', `---\ntitle: ${HEADLINE}\n${fields}\n---\n\n${TEXT}\n`],
  ['broken', `---\ntitle: ${HEADLINE}\ndek: The basin: a plan\n${fields}\n---\n\n${TEXT}\n`],
  ['long', `---\ntitle: ${HEADLINE}\nnote: ${'x'.repeat(33_000)}\n${fields}\n---\n\n${TEXT}\n`],
  ['json', `${JSON.stringify({ title: HEADLINE, ...parse(fields) })}\n\n${TEXT}\n`],
  ['bare', `title: ${HEADLINE}\n${fields}\n\n${TEXT}\n`],
];

test.each([
  ['flags:\n  - name: embargo\n    until: 2099-03-05', UNTIL],
  ['flags:\n  - type: breaking\n  - type: draft\n    by: Ann Quay', 'held'],
  ['flags:\n- label: DNP', 'held'],
  ['flags: {name: draft}', 'held'],
  ['flags: {embargo: {until: 2099-03-05}}', UNTIL],
  ['flags:\n  - name: draft\n    value: false', 'live'],
  ['flags:\n  - name: embargo on grain', 'live'],
  ['restrictions:\n  - type: embargo\n    date: 2099-03-05', UNTIL],
  ['access: {level: internal}', 'held'],
  ['visibility:\n  type: private', 'held'],
  ['status: {id: 3, label: In review}', 'held'],
  ['status: {name: breaking}', 'live'],
  ['published: {value: false}', 'held'],
  ['meta: {status: draft}', 'held'],
  ['meta:\n  - status: draft', 'held'],
  ['publishing: {embargo: {until: 2099-03-05}}', UNTIL],
  ['cms:\n  desk:\n    publishing:\n      embargo:\n        until: 2099-03-05', UNTIL],
  ['publication: {date: TBC}', 'held'],
  ['attributes:\n  - key: embargo\n    value: 2099-03-05', UNTIL],
  ['properties:\n  - name: status\n    value: draft', 'held'],
  ['custom_fields:\n  - key: draft\n    value: true', 'held'],
  ['custom_fields:\n  - key: draft\n    value: false', 'live'],
])('%s: %s', async (fields, state) => {
  for (const [form, text] of forms(fields)) {
    const article = await read(text);
    // Without fences only a release term shows that the lines are metadata.
    if (form === 'bare' && state === 'live') expect([form, article.state]).toEqual([form, state]);
    else expect({ form, ...article }).toEqual({ form, headline: HEADLINE, state, bodyText: TEXT });
  }
});

test.each([
  'tags:\n  - name: embargo',
  'authors:\n  - name: Hold\n    type: staff',
  'taxonomy:\n  - name: embargo',
  'timeline:\n  - title: Release\n    date: 2099-03-05',
  'events:\n  - title: Fair\n    status: cancelled',
  'release: {name: The Harbour Sessions, label: Quay Records}',
])('is about something else: %s', async fields => {
  for (const [form, text] of forms(fields)) expect([form, (await read(text)).state]).toEqual([form, 'live']);
});

test.each([
  ['flags:\n  - draft', 'held'],
  ['flags: [draft]', 'held'],
  ['flags:\n  - name: embargo\n    until: 2099-03-05', UNTIL],
  ['reviewer: Ann Quay\nflags:\n  - type: draft', 'held'],
])('a heading below metadata without fences is the headline: %s', async (fields, state) => {
  expect(await read(`${fields}\n\n# ${HEADLINE}\n\n${TEXT}\n`)).toEqual({
    headline: HEADLINE,
    state,
    bodyText: TEXT,
  });
});

test.each(['Access: by ferry', 'Ingredients:\n- flour\n- eggs', 'Access:\n- by ferry\n- by car'])(
  'a line of a story stays in it: %s',
  async line => {
    const { state, bodyText } = await read(`Title: ${HEADLINE}\n${line}\n\n${TEXT}\n`);
    expect(state).toBe('live');
    expect(bodyText).toContain(line.split(/\W+/).at(-1));
  },
);
