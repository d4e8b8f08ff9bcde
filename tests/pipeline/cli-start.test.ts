import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { LOCAL_CREDENTIALS, REGION } from '../../local/region.ts';
import { startS3 } from '../../local/s3/server.ts';
import { Bucket } from '../../shared/objects.ts';
import { story } from '../support/copy.ts';
import { useWorkplace } from '../support/workplace.ts';

const at = useWorkplace();

describe('start', () => {
  const ports = ['--port', '0', '--s3-port', '0'];
  const clientOf = (endpoint: string) =>
    new S3Client({ endpoint, region: REGION, credentials: LOCAL_CREDENTIALS, forcePathStyle: true });
  const isPage = (key: string) => key.startsWith('articles/');

  /** The keys of the site as a process has left them. */
  async function siteAtRest(): Promise<string[]> {
    const server = await startS3({ dir: path.join(at.dir, '.copydesk/s3'), port: 0, buckets: { site: {} } });
    const s3 = clientOf(server.url);
    const keys: string[] = [];
    for await (const key of new Bucket(s3, 'site').keys()) keys.push(key);
    s3.destroy();
    await server.close();
    return keys;
  }

  test('takes what the inbox gets, stops at Ctrl-C and keeps every article over a restart', async () => {
    const first = at.begin('start', ...ports, '--no-samples');
    await first.says(/Ready/);
    await at.write({ 'inbox/world/a.md': story('Ferry sails') });
    await first.says(/live +world\/a\.md/);
    first.child.kill('SIGINT');
    expect((await first.ended).code).toBe(0);

    // Port 0: the site has another address now.
    const second = at.begin('start', ...ports, '--no-samples');
    const [, site = ''] = await second.says(/Site +(\S+)/);
    await second.says(/Ready/);
    const feed = await (await fetch(new URL('feed.json', site))).json();
    expect(feed).toMatchObject({ items: [{ title: 'Ferry sails', url: expect.stringMatching(`^${site}`) }] });
    expect(await (await fetch(feed.items[0].url)).text()).toContain(`href="${feed.items[0].url}"`);
    second.child.kill('SIGTERM');
    expect((await second.ended).code).toBe(0);
    expect(second.printed()).not.toMatch(/stop cleanly|world\/a\.md/);
  });

  test.each([
    ['stored and not read', undefined],
    ['read and not published', /live +world\//],
  ])('finds again what a killed process left %s', async (_, heard) => {
    const keys = Array.from({ length: 20 }, (_value, number) => `world/${number}.md`);
    const first = at.begin('start', ...ports, '--no-samples');
    const [, endpoint = ''] = await first.says(/S3 +(\S+)/);
    await first.says(/Ready/);
    const s3 = clientOf(endpoint);
    const put = (Key: string) =>
      s3.send(
        new PutObjectCommand({ Bucket: 'intake', Key, Body: story(`Ferry ${Key}`, `It sailed as ${Key}.`) }),
      );
    await Promise.all(keys.map(put));
    if (heard) await first.says(heard);
    first.child.kill('SIGKILL');
    await first.ended;
    s3.destroy();
    const left = await siteAtRest();
    expect(left.filter(isPage).length).toBeLessThan(keys.length);

    const second = at.begin('start', ...ports, '--no-samples');
    const [, site = ''] = await second.says(/Site +(\S+)/);
    await second.says(/Ready/);
    const feed = await (await fetch(new URL('feed.json', site))).json();
    const pages = feed.items.map(({ url }: { url: string }) => url);
    expect(new Set(pages).size).toBe(keys.length);
    for (const page of pages) expect((await fetch(page)).status).toBe(200);
    second.child.kill('SIGINT');
    expect((await second.ended).code).toBe(0);
  });

  test('finds files that were uploaded but never handled', async () => {
    const state = path.join(at.dir, '.copydesk/s3');
    const server = await startS3({ dir: state, port: 0, buckets: { intake: { versioned: true } } });
    const s3 = clientOf(server.url);
    const Body = Buffer.from(story('Ferry sails'));
    await s3.send(new PutObjectCommand({ Bucket: 'intake', Key: 'world/a b+c.md', Body }));
    s3.destroy();
    await server.close();

    const second = at.begin('start', ...ports);
    await second.says(/did not stop cleanly/);
    await second.says(/live +world\/a b\+c\.md/);
    await second.says(/Ready/);
    second.child.kill('SIGINT');
    expect((await second.ended).code).toBe(0);
  });

  test('a port in use is one sentence and exit code 2', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    for (const option of ['--port', '--s3-port']) {
      const { code, stderr } = await at.run('start', ...ports, option, String(port));
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
    const { code, stderr } = await at.run('start', ...ports, option, folder);
    expect([code, stderr]).toEqual([2, `copydesk: ${sentence}\n`]);
  });

  test('a state folder in which something is amiss is one sentence and exit code 2', async () => {
    await at.write({ '.copydesk/s3': 'no folder' });
    const { code, stderr } = await at.run('start', ...ports);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^copydesk: The state folder \.copydesk cannot be used: [^\n]*\.\n$/);
  });
});
