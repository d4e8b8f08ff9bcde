import { siteOf } from '../../../functions/publish/model/site.ts';
import { SITE_SETTINGS, valuesOf } from '../../../functions/publish/states/site-settings.ts';
import type { ArticleRecord } from '../../../shared/model/article.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/settings.ts';
import { at, ferry } from './at-desk.ts';

export function lookingTests(): void {
  test('list shows what is live, newest first, and by status as lines of JSON', async () => {
    const { stdout, code } = await at.run('list', '--section', 'World');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^status +time \(UTC\) +section +id +headline or file\nlive/);
    expect(stdout).toContain('Bridge opens');
    expect(stdout).not.toContain('empty.txt');
    for (const args of [['--since', '1d'], []]) {
      const rejected = await at.run('list', '--status', 'rejected', '--json', ...args);
      const lines = rejected.stdout.trim().split('\n');
      expect(lines.map(line => (JSON.parse(line) as ArticleRecord).source.key)).toEqual(['town/empty.txt']);
    }
  });

  test('show names an article by key, id or page, with its versions and where it stands', async () => {
    const { id, permalink } = await ferry();
    for (const name of ['world/ferry.md', id, `${at.laptop.site}/${permalink}`]) {
      const { stdout, code } = await at.run('show', name, '--json');
      expect(code).toBe(0);
      const shown = JSON.parse(stdout);
      expect(shown.record.id).toBe(id);
      expect(shown.versions).toEqual([expect.objectContaining({ isLatest: true })]);
      expect(shown.versions[0].versionId).toBe(shown.record.source.versionId);
      expect((await fetch(shown.published.url)).status).toBe(200);
      for (const feed of shown.published.feeds) expect((await fetch(feed)).status).toBe(200);
      expect(shown.published.feeds).toHaveLength(2);
    }
    expect(await at.run('show', 'world/none.md')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^copydesk: There is no article world\/none\.md on the laptop .*\n$/),
    });
  });

  test('status counts what waits and failed', async () => {
    const { stdout } = await at.run('status', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      intake: { ready: 0, inFlight: 0 },
      deadLetters: 0,
      publishFailures: 0,
      rejected: 1,
      overdue: 0,
    });
  });

  test('doctor finds a running laptop well', async () => {
    const { stdout, code } = await at.run('doctor', '--json');
    const checks: { state: string; about: string }[] = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(checks.filter(({ state }) => state === 'fail')).toEqual([]);
    expect(checks.map(({ about }) => about)).toEqual(
      expect.arrayContaining(['queue wiring', 'site', 'settings']),
    );
    expect(code).toBe(0);
    expect(checks.filter(({ about }) => about === 'permissions')).toHaveLength(2);
  });

  test('status and doctor tell of changed settings, with the command that publishes them', async () => {
    const { storage } = at.laptop.deployment;
    const { key } = SITE_SETTINGS;
    const values = valuesOf(siteOf(DEFAULT_SETTINGS, at.laptop.site));
    // With these values, no tick notes another change.
    const noted = { values, changed: ['feeds.tags', 'site.title'], since: '2026-01-01T00:00:00.000Z' };
    await storage.put(key, JSON.stringify(noted), { contentType: 'application/json' });
    const { stdout: status } = await at.run('status');
    expect(status).toMatch(
      /^settings +feeds\.tags, site\.title changed \d+d ago .*"npx copydesk publish --all"/m,
    );
    const { stdout, code } = await at.run('doctor');
    expect(stdout).toMatch(
      /^warn +settings used +feeds\.tags, site\.title changed.*\n.*"npx copydesk publish --all"/m,
    );
    expect(code).toBe(0);
    // Without it, a tick between two lists of the next test writes it.
    await storage.put(key, JSON.stringify({ values, changed: [] }), { contentType: 'application/json' });
    expect((await at.run('status')).stdout).not.toMatch(/^settings/m);
  });

  test('doctor changes nothing, except one small object in the storage bucket', async () => {
    const { storage, site, intake, articles } = at.laptop.deployment;
    const all = async () => {
      const found: string[] = [];
      for (const bucket of [storage, site, intake])
        for await (const key of bucket.keys())
          found.push(`${bucket.name} ${key} ${(await bucket.head(key))?.etag}`);
      for await (const record of articles.all()) found.push(`${record.id} ${record.version}`);
      return found.sort();
    };
    await at.run('doctor');
    const before = await all();
    expect(before.filter(name => name.includes('copydesk-probe'))).toEqual([
      expect.stringContaining('storage bodies/copydesk-probe'),
    ]);
    await at.run('doctor');
    expect(await all()).toEqual(before);
  });
}
