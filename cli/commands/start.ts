import { loadSettings } from '../pipeline/config.ts';
import { mustBeUsable } from '../pipeline/folder.ts';
import type { PipelineOptions } from '../pipeline/run-pipeline.ts';

/** `copydesk start`: runs the whole pipeline on this machine until Ctrl-C. */
export async function start(options: PipelineOptions & { config?: string }): Promise<number> {
  const settings = loadSettings(options.config);
  await mustBeUsable('The state folder', options.state);
  await mustBeUsable('The inbox', options.inbox);
  // Loading the pipeline is slow, so mistakes are reported first.
  const { runPipeline } = await import('../pipeline/run-pipeline.ts');
  return runPipeline(options, settings);
}
