import { placePicture } from '../../../functions/publish/content/lead-picture.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';

const BASE = 'https://proof.example/articles/a.html';
const OURS = 'https://proof.example/media/aaaaaaaaaaaaaaaa/ferry.jpg';
const SRC = '../media/aaaaaaaaaaaaaaaa/ferry.jpg';
const WORDS = { caption: 'Ferry & quay', credit: 'A <desk>' };
const place = (image: Parameters<typeof placePicture>[0], body: string) =>
  placePicture(image, body, BASE, credit => `<small>${credit}</small>`);

const picture = (src: string, more = '') => `<figure><img src="${src}" alt="">${more}</figure>`;

test('a figure of the body with the picture gets its caption and credit', () => {
  const body = `<p>One.</p>${picture(SRC)}<p>Two.</p>`;
  expect(place({ url: OURS, ...WORDS }, body)).toEqual({
    body: `<p>One.</p>${picture(SRC, '<figcaption>Ferry &amp; quay <small>A &lt;desk&gt;</small></figcaption>')}<p>Two.</p>`,
    lead: undefined,
  });
  expect(place({ url: OURS }, body)).toEqual({ body, lead: undefined });
});

test('a caption of its own stays, and gets the credit unless it names it', () => {
  const own = picture(SRC, '<figcaption>The <em>quay</em>.</figcaption>');
  expect(place({ url: OURS, ...WORDS }, own).body).toBe(
    picture(SRC, '<figcaption>The <em>quay</em>. <small>A &lt;desk&gt;</small></figcaption>'),
  );
  const credited = picture(SRC, '<figcaption>The quay. Photo: a &lt;<b>desk</b>&gt;</figcaption>');
  expect(place({ url: OURS, ...WORDS }, credited).body).toBe(credited);
});

test('a picture with words that has no figure to itself moves before the body', () => {
  const image = { url: OURS, ...WORDS };
  const tag = `<img src="${SRC}" alt="">`;
  const other = '<img src="../media/bbbbbbbbbbbbbbbb/quay.jpg" alt="">';
  expect(place(image, `<figure>${tag}${other}</figure>`)).toEqual({
    body: `<figure>${other}</figure>`,
    lead: image,
  });
  const line = `<p>On <a href="https://e.example/">${tag}</a> the quay.</p>`;
  expect(place(image, line)).toEqual({ body: '<p>On  the quay.</p>', lead: image });
  expect(place({ url: OURS }, line)).toEqual({ body: line, lead: undefined });
});

test('a picture that the body does not show stands before it', () => {
  const image = { url: OURS, ...WORDS };
  for (const body of [
    '',
    '<p>x</p>',
    picture('../media/bbbbbbbbbbbbbbbb/ferry.jpg'),
    '<img src="',
    '<img src="x"',
  ])
    expect(place(image, body)).toEqual({ body, lead: image });
  expect(place(undefined, '<p>x</p>')).toEqual({ body: '<p>x</p>', lead: undefined });
});

const CDN = 'https://cdn.example';
test.each([
  [
    'another size of its name',
    `${CDN}/1/ferry-quay-1200x630.jpg`,
    `<p>x</p>${picture(`${CDN}/ferry-quay.jpg`)}`,
    false,
  ],
  ['another query', `${CDN}/3000.jpg?w=1200`, `<p>x</p>${picture(`${CDN}/3000.jpg?w=600`)}`, false],
  ['a number for a name', `${CDN}/1/3000.jpg`, `<p>x</p><p>y</p>${picture(`${CDN}/2/3000.jpg`)}`, true],
  ['a script for a name', `${CDN}/image?id=1`, `<p>x</p><p>y</p>${picture(`${CDN}/image?id=2`)}`, true],
  ['the body’s beginning', `${CDN}/large.jpg`, `${picture(`${CDN}/small.jpg`)}<p>x</p>`, false],
  ['another picture', `${CDN}/large.jpg`, `<p>x</p><p>y</p>${picture(`${CDN}/small.jpg`)}`, true],
])('a picture of the web is taken for the body’s or not by %s', (_, url, body, leads) => {
  expect(place({ url }, body)).toEqual({ body, lead: leads ? { url } : undefined });
});

test('the picture that a body opens with is not taken for one whose words would be lost', () => {
  const image = { url: `${CDN}/large.jpg`, ...WORDS };
  const body = `<p>x</p>${picture(`${CDN}/small.jpg`)}`;
  expect(place(image, body)).toEqual({ body, lead: image });
  const told = picture(`${CDN}/small.jpg`, '<figcaption>Told.</figcaption>');
  expect(place(image, told)).toEqual({ body: told, lead: undefined });
});

test('takes time in proportion to a body, however it is built', async () => {
  const ms = await cpuMsOf(() => {
    for (const part of ['<img ', '<img src="', picture(SRC), '<figure>', '<a ', '<p><figure>'])
      place({ url: `${CDN}/x.jpg`, ...WORDS }, part.repeat(100_000));
  });
  expect(ms).toBeLessThan(4_000);
});
