import { parseLooseJson } from '../../../functions/ingest/metadata/loose-json.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';

test.each([
  ['CDATA marks in comments', '//<![CDATA[\n{"a":"b"}\n//]]>', { a: 'b' }],
  ['CDATA marks on one line', '//<![CDATA[ {"a":"b"} //]]>', { a: 'b' }],
  ['CDATA marks in block comments', '/*<![CDATA[*/{"a":"b"}/*]]>*/', { a: 'b' }],
  ['HTML comments', '<!-- {"a":"b"} -->', { a: 'b' }],
  [
    'comments',
    '{"a":"http://x.example/", // the address\n/* and */ "b":2}',
    { a: 'http://x.example/', b: 2 },
  ],
  ['line breaks in strings', '{"a":"The council\nhas voted."}', { a: 'The council\nhas voted.' }],
  ['tabs in strings', '{"a":"x\ty"}', { a: 'x y' }],
  ['extra commas', '{"a":[1,2,],,"b":true,}', { a: [1, 2], b: true }],
  ['missing commas', '{"a":[{"b":1} {"c":2}] "d":3}', { a: [{ b: 1 }, { c: 2 }], d: 3 }],
  ['a semicolon', '{"a":"b"};', { a: 'b' }],
  ['several values', '{"a":1}\n{"b":2}', [{ a: 1 }, { b: 2 }]],
  ['quotation marks in strings', '{"a":"He said "no" today","b":"x"}', { a: 'He said "no" today', b: 'x' }],
  [
    'quotation marks before commas',
    '{"a":"one, "two", three","b":-1.5e3}',
    { a: 'one, "two", three', b: -1500 },
  ],
  ['wrong escapes', String.raw`{"a":"it\'s caf\u00e9"}`, { a: "it's café" }],
  ['escaped quotation marks', '{&quot;a&quot;:&quot;b&quot;}', { a: 'b' }],
])('reads %s', (_, text, expected) => {
  expect(parseLooseJson(text)).toEqual(expected);
});

test.each(['', ' ', '{"a":', 'window.data = {"a":1}', '{a:1}'])('does not guess the meaning of %j', text => {
  expect(parseLooseJson(text)).toBeUndefined();
});

test.each(['"', '" ', '/*', '//', '</* ', '{', ',', '\\'])('takes linear time for many %j', async part => {
  expect(await cpuMsOf(() => parseLooseJson(`{"a":${part.repeat(150_000)}`))).toBeLessThan(2_000);
});
