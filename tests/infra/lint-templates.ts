import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../shared/settings/settings.ts';
import { run } from '../deploy/emulator/processes.ts';
import { MissingTool, pythonWith } from '../deploy/emulator/python.ts';
import { writeTemplate } from './template.ts';
import { VARIANTS } from './variants.ts';

/** Pinned: another release must not change what holds. */
const CFN_LINT = 'cfn-lint==1.58.0';

/** One with every service that there is, and one of the others. */
const REGIONS = ['us-east-1', 'eu-west-1'];

/** Regions of China and of GovCloud, for the settings that they allow. */
const OTHER_PARTITIONS = ['cn-north-1', 'cn-northwest-1', 'us-gov-west-1', 'us-gov-east-1'];

/** W3005: the CDK names a dependency also where a reference implies it. */
const IGNORED = ['W3005'];

/** `npm run lint:template`: cfn-lint over the templates of all settings. Prints what it says; 0 where that is nothing. */
async function lintTemplates(root: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'copydesk-lint-'));
  try {
    const bin = await pythonWith(root, [CFN_LINT]);
    let worst = 0;
    for (const [name, settings] of Object.entries(VARIANTS)) {
      const template = writeTemplate(settings, `Copydesk-${name}`, join(folder, name));
      const { cloudFront } = readSettings(settings).deployment;
      const regions = cloudFront ? REGIONS : [...REGIONS, ...OTHER_PARTITIONS];
      const { code, stdout, stderr } = await run(
        join(bin, 'cfn-lint'),
        ['--regions', ...regions, '--ignore-checks', ...IGNORED, '--template', template],
        { cwd: root, env: process.env },
      );
      process.stdout.write(stdout);
      process.stderr.write(stderr);
      if (code === 0)
        process.stdout.write(`cfn-lint has no objection to ${name} in ${regions.join(', ')}.\n`);
      worst = Math.max(worst, code ?? 1);
    }
    return worst;
  } catch (error) {
    if (!(error instanceof MissingTool)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

process.exitCode = await lintTemplates(process.cwd());
