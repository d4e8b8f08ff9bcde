import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Running } from '../support/command.ts';
import { story } from '../support/copy.ts';
import { useWorkplace } from '../support/workplace.ts';

const at = useWorkplace();

describe('start', () => {
  const ports = ['--port', '0', '--s3-port', '0'];

  test('takes what the inbox gets, stops at Ctrl-C and keeps every article over a restart', async () => {
    const first = at.begin('start', ...ports, '--no-samples');
    await first.says(/Ready/);
    await at.write({
      'inbox/world/a.md': story('Ferry sails'),
      'inbox/b.md': story('Bridge opens', 'It is wide.'),
    });
    await first.says(/live +world\/a\.md/);
    await first.says(/live +b\.md/);
    await uploadsAsPrinted(first);
    first.child.kill('SIGINT');
    expect((await first.ended).code).toBe(0);

    await rm(path.join(at.dir, 'inbox/b.md'));
    // Port 0: the site has another address now.
    const second = at.begin('start', ...ports, '--no-samples');
    const [, site = ''] = await second.says(/Site +(\S+)/);
    await second.says(/deleted +b\.md/);
    await second.says(/Ready/);
    const { items } = await (await fetch(new URL('feed.json', site))).json();
    expect(items).toMatchObject([
      { title: 'Market moves' },
      { title: 'Article withdrawn' },
      { title: 'Ferry sails', url: expect.stringMatching(`^${site}`) },
    ]);
    expect(await (await fetch(items[2].url)).text()).toContain(`href="${items[2].url}"`);
    second.child.kill('SIGTERM');
    expect((await second.ended).code).toBe(0);
    expect(second.printed()).not.toMatch(/stop cleanly|world\/a\.md/);
  });

  test('prints how a file is uploaded into a state folder of another name, so that it works as it stands', async () => {
    const laptop = at.begin('start', ...ports, '--no-samples', '--state', 'kept here');
    await uploadsAsPrinted(laptop);
  });

  test('a port in use is one sentence and exit code 2', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    for (const option of ['--port', '--s3-port']) {
      const { code, stderr } = await at.runHere('start', ...ports, option, String(port));
      expect(code).toBe(2);
      expect(stderr).toBe(
        `copydesk: Port ${port} is in use by another program; choose another with ${option}.\n`,
      );
    }
    server.close();
  });

  test.each([
    ['--state', 'file', 'The state folder file is not a folder.'],
    ['--state', 'file/below', 'The state folder file/below is not a folder.'],
    ['--inbox', 'file', 'The inbox file is not a folder.'],
    ['--inbox', 'file/below', 'The inbox file/below is not a folder.'],
  ])('%s %s is one sentence and exit code 2', async (option, folder, sentence) => {
    await at.write({ file: 'no folder' });
    const { code, stderr } = await at.runHere('start', ...ports, option, folder);
    expect([code, stderr]).toEqual([2, `copydesk: ${sentence}\n`]);
  });

  test.each([
    [
      'dynamodb/MANIFEST-000001',
      /^copydesk: The database \.copydesk\/dynamodb is damaged: [^\n]*--repair[^\n]*\.\n$/,
    ],
    [
      's3/intake/objects/ab/ab.json',
      /^copydesk: The record [^\n]* is damaged, [^\n]*--repair[^\n]*upload that file again\.\n$/,
    ],
    [
      's3/site/objects/ab/ab.json',
      /^copydesk: The record [^\n]* is damaged, [^\n]*--repair[^\n]*makes it again\.\n$/,
    ],
  ])('a damaged %s is one sentence and exit code 2', async (name, sentence) => {
    await at.write({ [`.copydesk/${name}`]: '{"key":"wor' });
    const { code, stderr } = await at.runHere('start', ...ports);
    expect([code, stderr]).toEqual([2, expect.stringMatching(sentence)]);
  });

  test('a state folder in which something is amiss is one sentence and exit code 2', async () => {
    await at.write({ '.copydesk/s3': 'no folder' });
    // In a process of its own: an error of node:fs is no Error of the tests' own realm.
    const { code, stderr } = await at.run('start', ...ports);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^copydesk: The state folder \.copydesk cannot be used: [^\n]*\.\n$/);
  });
});

/** Uploads a file by the command that a laptop prints. */
async function uploadsAsPrinted(laptop: Running): Promise<void> {
  const [, words = ''] = await laptop.says(/npx copydesk (put FILE .*)/);
  await laptop.says(/Ready/);
  await at.write({ 'market.md': story('Market moves', 'It moves to the harbour.') });
  const args = [...words.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const put = await at.runHere(...args.map(word => (word === 'FILE' ? 'market.md' : word)), '--wait');
  expect(put).toMatchObject({ code: 0, stdout: expect.stringContaining('1 live') });
  await laptop.says(/live +world\/market\.md/);
}
