import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { startDesk } from '../../../cli/desk/desk-server.ts';
import { commands } from '../../../cli/main.ts';
import type { GuardedServer } from '../../../local/common/guarded-server.ts';
import type { Article } from '../../../shared/model/article.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/settings.ts';
import { story } from '../../support/copy.ts';
import { jpeg } from '../../support/pictures.ts';
import { at, event, titles } from './at-desk.ts';

/** The desk in the browser: its pages and forms, without a browser. */
export function browserDeskTests(): void {
  let desk: GuardedServer;
  const options = () => ({ state: at.laptop.deployment.name.replace(/^.*\(|\)$/g, '') });

  beforeAll(async () => {
    const { deployment } = at.laptop;
    desk = await startDesk({ deployment, options: options(), settings: DEFAULT_SETTINGS }, { port: 0 });
  });
  afterAll(() => desk.close());

  const get = async (path: string) => (await fetch(desk.url + path)).text();
  const post = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${desk.url}do`, { method: 'POST', body: new URLSearchParams(fields), headers });
  const plain = (page: string) =>
    page
      .replace(/<[^>]*>/g, ' ')
      .replace(/&quot;/g, '"')
      .replace(/\s+/g, ' ');
  const record = (key: string) => at.laptop.record(key) as Promise<Article>;
  /** The shown command of a page, which must be one that a terminal takes. */
  const commandOf = (page: string) => {
    const code = /<pre><code>(.*?)<\/code>/s.exec(page)?.[1] ?? '';
    const line = plain(code.replace(/<[^>]*>/g, '')).replace('npx copydesk ', '');
    const [name] = line.split(' ');
    const known = commands(() => undefined).commands.find(command => command.name() === name);
    const flags = known?.options.flatMap(({ long, short }) => [long, short]) ?? [];
    for (const word of line.split(' ').filter(part => part.startsWith('--'))) expect(flags).toContain(word);
    return line.replace(` --state ${options().state}`, '');
  };

  async function file(key: string, text: string): Promise<Article> {
    const [, folder = '', name = ''] = /^(.*)\/(.*)$/.exec(key) ?? [];
    await at.laptop.write({ [name]: text });
    await at.run('put', name, '--prefix', folder, '--wait');
    return record(key);
  }

  test('shows what waits before the others, with its reason', async () => {
    await file('desk/draft.md', story('A draft').replace('---\n', '---\ndraft: true\n'));
    await file('desk/open.md', story('An open story', 'The tide came in at noon on the north side.'));
    const page = plain(await get(''));
    expect(page).toMatch(
      /Waiting .*rejected town\/empty\.txt .*held A draft .*“draft: true” holds the story.*Live /,
    );
    expect(page.indexOf('An open story')).toBeGreaterThan(page.indexOf(' Live '));
    expect(page).toContain(at.laptop.deployment.name.replace(/^the/, 'The'));
    expect(plain(await get('?q=open'))).not.toContain('A draft');
    expect(plain(await get('?q=OPEN+story'))).toContain('An open story');
    expect(plain(await get('?status=held&section=desk'))).toContain('A draft');
    expect(plain(await get('?status=held&section=world'))).toContain('No story is like this.');
  });

  test('release asks with the sentence of the command, and then does what the command does', async () => {
    const { id } = await record('desk/draft.md');
    const question = await (await post({ action: 'release', article: id })).text();
    expect(plain(question)).toMatch(/desk\/draft\.md "A draft" \(“draft: true” .*\) will be released on/);
    expect(commandOf(question)).toBe('release desk/draft.md --no-wait --yes');
    expect((await record('desk/draft.md')).status).toBe('held');
    const done = await post({ action: 'release', article: id, confirmed: 'yes' });
    const page = await done.text();
    expect(plain(page)).toContain('released desk/draft.md "A draft"');
    expect(commandOf(page)).toBe('release desk/draft.md --no-wait --yes');
    expect(await record('desk/draft.md')).toMatchObject({ status: 'live', released: expect.any(String) });
    await at.laptop.becomes(async () => (await titles()).includes('A draft'));
  });

  test('correct sends only what the form changed, and can be undone', async () => {
    const { id } = await record('desk/open.md');
    const form = await get(`story?id=${id}`);
    expect(form).toContain('<textarea name="headline"');
    const changed = await post({
      ...{ action: 'correct', article: id, headline: 'A shut story', dek: '', byline: '', section: 'desk' },
      note: 'It\'s "shut"; $HOME.',
    });
    const page = await changed.text();
    expect(commandOf(page)).toBe(
      `correct desk/open.md --headline 'A shut story' --note 'It'\\''s "shut"; $HOME.' --no-wait --yes`,
    );
    expect(await record('desk/open.md')).toMatchObject({
      headline: 'A shut story',
      correction: 'It\'s "shut"; $HOME.',
      edited: ['headline', 'correction'],
    });
    const undone = await post({ action: 'correct', article: id, headline: 'An open story', note: '' });
    expect(undone.status).toBe(200);
    expect(page).toMatch(/name="headline" value="An open story".*Undo/s);
    expect(await record('desk/open.md')).toMatchObject({ headline: 'An open story' });
    const wrong = await post({ action: 'correct', article: id, headline: '' });
    expect(wrong.status).toBe(400);
    expect(plain(await wrong.text())).toContain('No article can be without its headline.');
  });

  test('hold and withdraw take a story off the site with a reason, release and restore bring it back', async () => {
    const { id } = await record('desk/open.md');
    const says = async (fields: Record<string, string>) =>
      plain(await (await post({ article: id, ...fields })).text());
    expect(await says({ action: 'hold', reason: 'Who says so?' })).toContain('held desk/open.md');
    expect(await record('desk/open.md')).toMatchObject({
      status: 'held',
      editorHold: expect.stringMatching(/^An editor holds the story: Who says so\? It is held/),
    });
    expect(await says({ action: 'withdraw', reason: 'Nobody says so.' })).toContain('will be taken off');
    await says({ action: 'release', confirmed: 'yes' });
    await says({ action: 'withdraw', reason: 'Nobody says so.', confirmed: 'yes' });
    expect(await record('desk/open.md')).toMatchObject({
      status: 'withdrawn',
      notice: { reason: 'Nobody says so.' },
    });
    const page = plain(await get(`story?id=${id}`));
    expect(page).toContain('An editor has withdrawn it. Its page says: Nobody says so.');
    expect(page).toContain('The story comes back to the site.');
    expect(await says({ action: 'hold' })).toContain('is withdrawn: nothing of it can be held.');
    await says({ action: 'restore', confirmed: 'yes' });
    expect(await record('desk/open.md')).toMatchObject({ status: 'live' });
  });

  test('files files as put does, and does not trust their names', async () => {
    const form = new FormData();
    form.set('prefix', 'desk/../filed');
    form.set('section', 'Harbour – Küste');
    form.set('publishAt', '1 December 2098 18:00');
    for (const [name, text] of [
      ['../../etc/pass.md', story('Passes', 'A pass over the hills opened for the summer.')],
      ['..\\up.md', story('Up', 'The mill stream went up by a foot in one night.')],
      ['.DS_Store', 'x'],
    ] as const)
      form.append('files', new File([text], name));
    const page = await (await fetch(`${desk.url}file`, { method: 'POST', body: form })).text();
    expect(commandOf(page)).toBe(
      "put etc/pass.md up.md --prefix desk/filed --section 'Harbour – Küste' --publish-at '1 December 2098 18:00' --wait",
    );
    const address = `filed?batch=${/filed\?batch=(\d+)/.exec(page)?.[1]}`;
    await at.laptop.becomes(async () => (await get(address)).includes('2 of 2 done'));
    expect(plain(await get(address))).toMatch(/scheduled Passes .*Due 2098-12-01 18:00 \(UTC\)/);
    expect(await record('desk/filed/etc/pass.md')).toMatchObject({
      status: 'scheduled',
      section: 'Harbour – Küste',
    });
    // A time that the form shows, and that nobody changed, is no correction.
    const { id } = await record('desk/filed/etc/pass.md');
    const shown = '2098-12-01 18:00';
    expect(await get(`story?id=${id}`)).toContain(`value="${shown}"`);
    const time = { publishAt: shown, shownPublishAt: shown };
    const corrected = await (
      await post({ action: 'correct', article: id, headline: 'Passes by', ...time })
    ).text();
    expect(commandOf(corrected)).toBe(
      "correct desk/filed/etc/pass.md --headline 'Passes by' --no-wait --yes",
    );
    const metadata = async (key: string) => {
      const { clients, intake } = at.laptop.deployment;
      const object = await clients.s3.send(new GetObjectCommand({ Bucket: intake.name, Key: key }));
      const { mtime: _, sha256: __, ...rest } = object.Metadata ?? {};
      return rest;
    };
    await at.laptop.write({ 'same.md': story('Same', 'The same options give the same metadata.') });
    const terms = ['--section', 'Harbour – Küste', '--publish-at', '1 December 2098 18:00'];
    await at.run('put', 'same.md', '--prefix', 'desk', ...terms);
    expect(await metadata('desk/filed/up.md')).toEqual(await metadata('desk/same.md'));
  });

  test('files a pasted text under a name that no file has, and names what is wrong in a form', async () => {
    const paste = async (fields: Record<string, string>) => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ prefix: 'desk', ...fields })) form.set(name, value);
      return fetch(`${desk.url}file`, { method: 'POST', body: form });
    };
    await paste({ text: '# Paste it here\n\nThe glue on the quay wall is dry again, says the harbour.' });
    await paste({ text: '# Paste it here\n\nThe paint on the pier is wet, say the gulls on Sunday.' });
    await at.laptop.becomes(async () => (await record('desk/paste-it-here-2.md')) !== undefined);
    expect(await record('desk/paste-it-here.md')).toMatchObject({ headline: 'Paste it here' });
    const wrong = await paste({ text: 'x', publishAt: 'soon' });
    expect(wrong.status).toBe(400);
    expect(plain(await wrong.text())).toContain('--publish-at: It must be a date');
    expect(plain(await (await paste({})).text())).toContain('There is no file');
  });

  test('shows what changed between two versions of a file, and the page in a frame that runs nothing', async () => {
    const first = await record('desk/open.md');
    await file('desk/open.md', story('An open story', 'The tide came in at midnight on the south side.'));
    const { id, source } = await record('desk/open.md');
    const query = new URLSearchParams({ id, from: first.source.versionId ?? '', to: source.versionId ?? '' });
    const page = await get(`changes?${query}`);
    expect(page).toMatch(/<del>noon<\/del><ins>midnight<\/ins>/);
    expect(page).toMatch(/<del>north<\/del><ins>south<\/ins>/);
    const frame = /<iframe[^>]*src="(look\/[^"]*)"/.exec(await get(`story?id=${id}`))?.[1] ?? '';
    const look = await fetch(desk.url + frame);
    expect(await look.text()).toContain('The tide came in at midnight');
    expect(look.headers.get('content-security-policy')).toMatch(/sandbox allow-same-origin$/);
    expect(look.headers.get('content-security-policy')).not.toContain('script');
    expect(look.headers.get('cache-control')).toBe('no-store');
  });

  test('tries dead letters again', async () => {
    const { clients, outputs } = at.laptop.deployment;
    await clients.sqs.send(
      new SendMessageCommand({ QueueUrl: outputs.deadLetterQueue, MessageBody: event('desk/open.md', '00') }),
    );
    const list = await get('');
    expect(plain(list)).toMatch(/failed desk\/open\.md .*Try again Discard/);
    const name = /name="name" value="([^"]+)"/.exec(list)?.[1] ?? '';
    const page = await (await post({ action: 'retry', name })).text();
    expect(plain(page)).toContain('1 dead letter sent to the intake again.');
    expect(commandOf(page)).toBe(`retry ${name} --yes`);
    expect(plain(await get(''))).not.toContain('Try again');
  });

  test('says what a file is that is no story', async () => {
    const form = new FormData();
    form.append('files', new File([new Uint8Array(jpeg())], 'photo.docx'));
    const page = await (await fetch(`${desk.url}file`, { method: 'POST', body: form })).text();
    const address = `filed?batch=${/filed\?batch=(\d+)/.exec(page)?.[1]}`;
    await at.laptop.becomes(async () => (await get(address)).includes('1 of 1 done'));
    expect(plain(await get(address))).toMatch(/media photo\.docx It is no story\./);
    const id = at.laptop.deployment.articles.idOf('photo.docx');
    expect(plain(await get(`story?id=${id}`))).toMatch(/media photo\.docx It is no story\..*File again/);
  });

  test('shows a rejected file with its reason, and a deleted one', async () => {
    const id = at.laptop.deployment.articles.idOf('town/empty.txt');
    expect(plain(await get(`story?id=${id}`))).toMatch(/rejected .*town\/empty\.txt .*The file is empty/);
    await file('desk/short.md', story('Short', 'A short life on the bench by the pond.'));
    const { clients, intake } = at.laptop.deployment;
    await clients.s3.send(new DeleteObjectCommand({ Bucket: intake.name, Key: 'desk/short.md' }));
    await at.laptop.becomes(async () => (await record('desk/short.md')).status === ('deleted' as never));
    expect(plain(await get(`story?id=${at.laptop.deployment.articles.idOf('desk/short.md')}`))).toMatch(
      /deleted/,
    );
  });

  test('another origin can do nothing, a wrong token sees nothing, and nothing is cached', async () => {
    const { id } = await record('desk/open.md');
    for (const headers of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ] as Record<string, string>[])
      expect((await post({ action: 'withdraw', article: id, confirmed: 'yes' }, headers)).status).toBe(403);
    expect((await record('desk/open.md')).status).toBe('live');
    for (const path of ['', `story?id=${id}`, 'desk.css', 'do'])
      expect((await fetch(desk.url.replace(/\/[^/]+\/$/, '/wrong/') + path)).status).toBe(404);
    expect((await fetch(`${desk.url}do`)).status).toBe(404);
    const page = await fetch(`${desk.url}story?id=${id}`);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    expect((await fetch(`${desk.url}story?id=aaaaaaaaaaaaaaaa`)).status).toBe(400);
  });
}
