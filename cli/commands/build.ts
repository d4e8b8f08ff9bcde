import type { localHandlers } from '../../local/handlers.ts';
import { loadSettings } from '../config.ts';
import { filesBelow, mustBeFolder } from '../folder.ts';
import { checkOutput } from '../output-folder.ts';

interface BuildOptions {
  out: string;
  baseUrl?: string;
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
  const files = await filesBelow(folder, await checkOutput(options.out, folder));
  // The pipeline is much to load: a mistake is answered before.
  const { publishFiles } = await import('../publish-files.ts');
  return publishFiles(files, { out: options.out, settings }, makeHandlers);
}
