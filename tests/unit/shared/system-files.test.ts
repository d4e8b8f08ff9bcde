import { isSystemFile, isSystemFolder } from '../../../shared/model/system-files.ts';

test.each([
  '.DS_Store',
  'news/._story.txt',
  '.git/HEAD',
  'news/.hidden/story.txt',
  '.Trashes/501/story.txt',
  '.story.md.swp',
  '.~lock.story.docx#',
  'desktop.ini',
  'news/Desktop.INI',
  'Thumbs.db',
  'ehthumbs.db',
  'Icon\r',
  '$RECYCLE.BIN/S-1-5/story.txt',
  'System Volume Information/a.txt',
  '__MACOSX/news/story.txt',
  'news/@eaDir/story.txt',
  '~$report.docx',
  '~WRL0001.tmp',
  'story.txt~',
  'story.txt.~1~',
  '#story.txt#',
  'story.swp',
  'story.txt.part',
  'story.txt.PART',
  'story.partial',
  'story.txt.filepart',
  'story.txt.crdownload',
  'news/story.txt.crswap',
  '#recycle/old.txt',
  'story.download',
  'story.tmp',
  'story.temp',
  'story.bak',
  'story.md.bak2',
  'story.md.orig',
  'story.md.old',
])('%j is no copy', key => {
  expect(isSystemFile(key)).toBe(true);
});

test.each([
  'backup.md',
  'bak',
  'bak.txt',
  'part',
  'news/part',
  'story.part.md',
  'story.bak.txt',
  'story~1.txt',
  '~.txt',
  '~',
  'tmp/story.md',
  'temp/story.md',
  'part/1.txt',
  'news.tmp/story.md',
  'icon',
  'Icon.md',
  'desktop.ini.txt',
  'thumbs.md',
  'recycle.bin/story.txt',
  'git/story.md',
  'poems.old',
  'Good.old',
  '#1 story.txt',
  '#metoo',
  '...and then it rained.md',
  'a.b.md',
  'trump.txt',
  'swp.txt',
  'DS_Store.md',

  '',
])('%j is copy', key => {
  expect(isSystemFile(key)).toBe(false);
});

test('folders of systems are known by their name, others by nothing that files have', () => {
  expect(['.git', '__MACOSX', '$Recycle.Bin'].map(isSystemFolder)).toEqual([true, true, true]);
  expect(['tmp', 'a.part', 'backup~', 'drafts.bak', '...'].map(isSystemFolder)).toEqual(Array(5).fill(false));
});
