import { existsSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const PACKAGES = fileURLToPath(new URL('../node_modules', import.meta.url));
const COMMAND = path.join(PACKAGES, '@11ty/eleventy/cmd.cjs');
const RSS = path.join(PACKAGES, '@11ty/eleventy-plugin-rss/.eleventy.js');

export function isEleventyInstalled(): boolean {
  return existsSync(COMMAND) && existsSync(RSS);
}

/**
 * Makes a site of Eleventy from Markdown files: a page of each story with a small layout.
 * @param hasFeed also a feed of the newest 50 stories, by Eleventy's own plugin
 * @returns the command that builds it
 */
export async function eleventySite(
  dir: string,
  copy: string,
  hasFeed: boolean,
): Promise<readonly [string, ...string[]]> {
  await cp(copy, path.join(dir, 'content'), { recursive: true });
  await mkdir(path.join(dir, 'content/_includes'));
  await writeFile(path.join(dir, 'content/_includes/story.njk'), LAYOUT);
  await writeFile(path.join(dir, 'config.mjs'), config(hasFeed));
  return [process.execPath, COMMAND, '--config=config.mjs', '--input=content', '--output=out', '--quiet'];
}

const LAYOUT = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><h1>{{ title }}</h1><p>{{ author }}</p>{{ content | safe }}</body>
</html>
`;

function config(hasFeed: boolean): string {
  const options = {
    type: 'rss',
    outputPath: '/feed.xml',
    collection: { name: 'stories', limit: 50 },
    metadata: {
      language: 'en',
      title: 'News',
      base: 'https://news.example.org/',
      author: { name: 'News' },
    },
  };
  return [
    ...(hasFeed ? [`import { feedPlugin } from ${JSON.stringify(pathToFileURL(RSS).href)};`] : []),
    'export default function (eleventy) {',
    "  eleventy.addGlobalData('layout', 'story.njk');",
    "  eleventy.addCollection('stories', api => api.getFilteredByGlob('content/**/*.md'));",
    ...(hasFeed ? [`  eleventy.addPlugin(feedPlugin, ${JSON.stringify(options)});`] : []),
    '}',
    '',
  ].join('\n');
}
