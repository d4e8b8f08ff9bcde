import { commandLine } from '../../../cli/desk/backend/command-line.ts';
import { renderDeskPage, type Where } from '../../../cli/desk/pages/frame.tsx';

const LAPTOP: Where = {
  name: 'the laptop (.copydesk)',
  isLaptop: true,
  account: undefined,
  site: 'http://127.0.0.1:8080',
  timeZone: 'UTC',
};

const band = (where: Where) => {
  const page = renderDeskPage({ where, title: 'Stories <script>' });
  expect(page).not.toContain('<script>');
  return { kind: /<body class="(\w+)"/.exec(page)?.[1], text: /<p class="where">(.*?)<\/p>/.exec(page)?.[1] };
};

test('the band says on which deployment the desk works, in another colour for a stack', () => {
  expect(band(LAPTOP)).toEqual({ kind: 'laptop', text: 'The laptop (.copydesk)' });
  const stack = { ...LAPTOP, name: 'the stack Copydesk in eu-west-1', isLaptop: false };
  expect(band({ ...stack, account: '123456789012' })).toEqual({
    kind: 'deployed',
    text: '<strong>Production: </strong>The stack Copydesk in eu-west-1, account 123456789012',
  });
  expect(band(stack).text).toBe('<strong>Production: </strong>The stack Copydesk in eu-west-1');
});

test('a page asks nothing of another host, and has nothing inline', () => {
  const page = renderDeskPage({ where: LAPTOP, title: 'Stories' });
  expect(page).not.toMatch(/ style=| on\w+=|<style|<script>/);
  expect([...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address)).toEqual([
    'data:,',
    'desk.css',
    'desk.js',
    '#main',
    './',
    './',
    'file',
    'http://127.0.0.1:8080/',
  ]);
});

test.each([
  [['show', 'world/ferry.md'], {}, 'npx copydesk show world/ferry.md'],
  [['show', "it's $HOME.md"], { local: true }, "npx copydesk show 'it'\\''s $HOME.md' --local"],
  [['list'], { state: 'my state' }, "npx copydesk list --state 'my state'"],
  [
    ['correct', 'a.md', '--dek', ''],
    { stack: 'Paper', region: 'eu-west-1' },
    "npx copydesk correct a.md --dek '' --stack Paper --region eu-west-1",
  ],
])('%j as a command line', (words, options, line) => {
  expect(commandLine(words, options)).toBe(line);
});
