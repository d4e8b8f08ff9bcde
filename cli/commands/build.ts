import type { localHandlers } from '../../local/handlers.ts';
import type { openInProcess } from '../../local/in-process.ts';
import { colours } from '../output/colours.ts';
import { loadSettings } from '../pipeline/config.ts';
import { filesBelow, mustBeFolder, type SkippedLink, skippedSentence } from '../pipeline/folder.ts';
import { checkOutput, checkReport } from '../pipeline/output-folder.ts';

interface BuildOptions {
  out: string;
  baseUrl?: string;
  /** File for the report, which holds the outcome of each file. */
  report?: string;
  follow?: boolean;
  config?: string;
  /** Prints each row of the report as a line of JSON. */
  json?: boolean;
}

/** `copydesk build`: publishes a folder of files as a static site, with the real pipeline. */
export async function build(
  folder: string,
  options: BuildOptions,
  makeHandlers?: typeof localHandlers,
  openServices?: typeof openInProcess,
): Promise<number> {
  const loaded = loadSettings(options.config);
  const settings = options.baseUrl
    ? { ...loaded, site: { ...loaded.site, baseUrl: options.baseUrl } }
    : loaded;
  await mustBeFolder(folder);
  const { out, report, follow, json } = options;
  const site = await checkOutput(out, folder);
  const except = report === undefined ? [site] : [site, await checkReport(report, site)];
  const skipped: SkippedLink[] = [];
  const files = await filesBelow(folder, {
    except,
    follow,
    onSkipped: link => skipped.push(link),
  });
  if (skipped.length > 0) process.stderr.write(`${colours.yellow(skippedSentence(skipped))}\n`);
  // Loading the pipeline is slow, so mistakes are reported first.
  const { publishFiles } = await import('../pipeline/publish-files.ts');
  return publishFiles(files, { out, report, settings, json }, makeHandlers, openServices);
}
