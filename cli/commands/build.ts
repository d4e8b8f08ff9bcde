import type { localHandlers } from '../../local/handlers.ts';
import { colours } from '../output/colours.ts';
import { loadSettings } from '../pipeline/config.ts';
import { filesBelow, mustBeFolder, type SkippedLink, skippedSentence } from '../pipeline/folder.ts';
import { checkOutput, checkReport } from '../pipeline/output-folder.ts';

interface BuildOptions {
  out: string;
  baseUrl?: string;
  /** The file that says what became of each file. */
  report?: string;
  follow?: boolean;
  config?: string;
}

/** `copydesk build`: a folder of files through the real pipeline into a static site. */
export async function build(
  folder: string,
  options: BuildOptions,
  makeHandlers?: typeof localHandlers,
): Promise<number> {
  const loaded = loadSettings(options.config);
  const settings = options.baseUrl
    ? { ...loaded, site: { ...loaded.site, baseUrl: options.baseUrl } }
    : loaded;
  await mustBeFolder(folder);
  const { out, report, follow } = options;
  const site = await checkOutput(out, folder);
  const except = report === undefined ? [site] : [site, await checkReport(report, site)];
  const skipped: SkippedLink[] = [];
  const files = await filesBelow(folder, {
    except,
    follow,
    onSkipped: link => skipped.push(link),
  });
  if (skipped.length > 0) process.stderr.write(`${colours.yellow(skippedSentence(skipped))}\n`);
  // The pipeline is much to load: a mistake is answered before.
  const { publishFiles } = await import('../pipeline/publish-files.ts');
  return publishFiles(files, { out, report, settings }, makeHandlers);
}
