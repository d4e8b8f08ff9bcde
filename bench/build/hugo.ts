import { execFileSync } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The first line of `hugo version`. Undefined if there is no Hugo under this name. */
export function hugoVersion(hugo: string): string | undefined {
  try {
    return /v\d+\.\d+\.\d+/.exec(execFileSync(hugo, ['version'], { encoding: 'utf8' }))?.[0];
  } catch {
    return undefined;
  }
}

/**
 * Makes a site of Hugo from Markdown files: a page of each story with a small layout.
 * @param hasFeeds also the pages and feeds of all stories, of each section and of each tag, and a sitemap
 * @returns the command that builds it
 */
export async function hugoSite(
  dir: string,
  copy: string,
  { hugo, hasFeeds }: { hugo: string; hasFeeds: boolean },
): Promise<readonly [string, ...string[]]> {
  await cp(copy, path.join(dir, 'content'), { recursive: true });
  await mkdir(path.join(dir, 'layouts/_default'), { recursive: true });
  await writeFile(path.join(dir, 'layouts/_default/single.html'), SINGLE);
  await writeFile(path.join(dir, 'layouts/_default/list.html'), LIST);
  const off = hasFeeds ? [] : ['home', 'section', 'taxonomy', 'term', 'RSS', 'sitemap', '404'];
  const lines = [
    'baseURL = "https://news.example.org/"',
    'title = "News"',
    `disableKinds = ${JSON.stringify(off)}`,
  ];
  await writeFile(path.join(dir, 'config.toml'), `${lines.join('\n')}\n`);
  return [hugo, '--quiet', '--buildFuture', '--destination', 'out'];
}

const SINGLE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><h1>{{ .Title }}</h1><p>{{ .Params.author }}</p>{{ .Content }}</body>
</html>
`;

const LIST = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><h1>{{ .Title }}</h1>{{ range first 50 .Pages }}<p><a href="{{ .Permalink }}">{{ .Title }}</a></p>{{ end }}</body>
</html>
`;
