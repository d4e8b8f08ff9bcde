import { CopydeskError } from '../../shared/errors/errors.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts';
import { awsTrouble } from '../deployment/aws-trouble.ts';
import {
  type Deployment,
  type DeploymentOptions,
  isForLaptop,
  openDeployment,
} from '../deployment/deployment.ts';
import { type Check, fail, type Look, ok, warn } from '../doctor/check.ts';
import { checkAccount } from '../doctor/check-account.ts';
import { feedChecks } from '../doctor/check-feeds.ts';
import { functionChecks } from '../doctor/check-functions.ts';
import { checkNode } from '../doctor/check-node.ts';
import { pipelineChecks } from '../doctor/check-pipeline.ts';
import { stackChecks } from '../doctor/check-stack.ts';
import { colours } from '../output/colours.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { type ResultOptions, resultsTo } from '../output/results.ts';
import { loadSettings } from '../pipeline/config.ts';

interface DoctorOptions extends DeploymentOptions, ResultOptions {
  config?: string;
}

/**
 * `copydesk doctor`: checks everything that a deployment needs, and prints what to do about each problem.
 * @returns exit code 1 if something is wrong, 2 if there is no deployment
 */
export async function doctor(options: DoctorOptions): Promise<number> {
  const checks: Check[] = [];
  const results = resultsTo(options);
  const tell = (check: Check) => {
    checks.push(check);
    results.result(check, line(check));
  };
  const code = await examine(options, tell);
  results.text(summary(checks));
  if (code !== EXIT.ok) return code;
  return checks.some(({ state }) => state === 'fail') ? EXIT.someFailed : EXIT.ok;
}

async function examine(options: DoctorOptions, tell: (check: Check) => void): Promise<number> {
  tell(checkNode(process.versions.node));
  tell(settings(options.config));
  let deployment: Deployment;
  try {
    deployment = await openDeployment(options);
  } catch (error) {
    if (!(error instanceof CopydeskError)) throw error;
    // The account may be the reason that the stack is not found.
    if (!isForLaptop(options)) {
      let isKnown = true;
      for await (const check of checkAccount()) {
        tell(check);
        isKnown &&= check.state !== 'fail';
      }
      if (!isKnown) return EXIT.usage;
    }
    tell(fail('deployment', error.message, 'Nothing else can be looked at without one.'));
    return EXIT.usage;
  }
  try {
    if (!deployment.isLaptop) for await (const check of checkAccount()) tell(check);
    tell(ok('deployment', deployment.name));
    const now = Date.now();
    const feeds = { about: 'feeds', look: () => feedChecks(deployment, feedEntries(options.config), now) };
    const ofFunctions = deployment.isLaptop ? [] : functionChecks(deployment, now);
    const looks = [...stackChecks(deployment), ...ofFunctions, ...pipelineChecks(deployment, now), feeds];
    for (const look of looks) for (const check of await tried(look)) tell(check);
    return EXIT.ok;
  } finally {
    deployment.close();
  }
}

/** Runs a check. If it fails, the result is a warning. */
async function tried({ about, look }: Look): Promise<Check[]> {
  try {
    return [await look()].flat();
  } catch (error) {
    const says = awsTrouble(error)?.message ?? (error as Error).message;
    return [warn(about, `could not be looked at: ${says}`, 'Look with credentials that may.')];
  }
}

function settings(config: string | undefined): Check {
  try {
    loadSettings(config);
    return ok('settings', config ?? 'as they ought to be');
  } catch (error) {
    if (!(error instanceof CopydeskError)) throw error;
    return fail('settings', error.message, 'docs/settings.md says what can be set.');
  }
}

/** Number of entries of a feed. The default applies if the settings are not valid, which another check reports. */
function feedEntries(config: string | undefined): number {
  try {
    return loadSettings(config).feeds.entries;
  } catch (error) {
    if (error instanceof CopydeskError) return DEFAULT_SETTINGS.feeds.entries;
    throw error;
  }
}

const SIGNS = { ok: colours.green('ok  '), warn: colours.yellow('warn'), fail: colours.red('fail') };

const NAME_COLUMNS = 18;

function line({ state, about, says, todo }: Check): string {
  const first = `${SIGNS[state]}  ${about.padEnd(NAME_COLUMNS)}${printable(says)}`;
  return todo === undefined
    ? first
    : `${first}\n${' '.repeat(6 + NAME_COLUMNS)}${colours.dim(printable(todo))}`;
}

function summary(checks: readonly Check[]): string {
  const failed = checks.filter(({ state }) => state === 'fail').length;
  const warned = checks.filter(({ state }) => state === 'warn').length;
  if (failed === 0 && warned === 0) return 'All is well.';
  return `${[failed > 0 && `${failed} wrong`, warned > 0 && `${warned} to look at`].filter(Boolean).join(', ')}.`;
}
