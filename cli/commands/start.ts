import { DEFAULT_STATE } from '../../local/state-dir.ts';
import { openDeployment } from '../deployment/deployment.ts';
import { tell } from '../output/say.ts';
import { loadSettings } from '../pipeline/config.ts';
import { mustBeUsable } from '../pipeline/folder.ts';
import type { PipelineOptions } from '../pipeline/run-pipeline.ts';

/** `copydesk start`: runs the whole pipeline on this machine until Ctrl-C. */
export async function start(options: PipelineOptions & { config?: string }): Promise<number> {
  const settings = loadSettings(options.config);
  await mustBeUsable('The state folder', options.state);
  await mustBeUsable('The inbox', options.inbox);
  // Loading the pipeline is slow, so mistakes are reported first.
  const [{ runPipeline }, { startDesk }] = await Promise.all([
    import('../pipeline/run-pipeline.ts'),
    import('../desk/desk-server.ts'),
  ]);
  return runPipeline(options, settings, async () => {
    const { state } = options;
    const deployment = await openDeployment({ state });
    const isDefault = state === DEFAULT_STATE;
    const chosen = isDefault ? { local: true } : { state };
    const onError = (error: unknown) => tell((error as Error).stack ?? String(error));
    const { url, close } = await startDesk({ deployment, options: chosen, settings }, { port: 0, onError });
    return {
      url,
      async close() {
        await close();
        deployment.close();
      },
    };
  });
}
