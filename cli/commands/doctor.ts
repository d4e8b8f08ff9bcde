import { CopydeskError } from '../../shared/errors/errors.ts';
import { awsTrouble } from '../deployment/aws-trouble.ts';
import {
  type Deployment,
  type DeploymentOptions,
  isForLaptop,
  openDeployment,
} from '../deployment/deployment.ts';
import { checksOf } from '../doctor/all-checks.ts';
import { checkAccount } from '../doctor/machine/account.ts';
import { type Check, type Examined, fail, type Look, ok, warn } from '../doctor/machine/check.ts';
import { checkNode } from '../doctor/machine/node.ts';
import { checkSettings } from '../doctor/machine/settings.ts';
import { colours } from '../output/colours.ts';
import { elapsed } from '../output/elapsed.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { type ResultOptions, resultsTo } from '../output/results.ts';

interface DoctorOptions extends DeploymentOptions, ResultOptions {
  config?: string;
  /** Compares the stack with its template. */
  drift?: boolean;
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
  const { check, settings } = checkSettings(options.config);
  tell(check);
  let deployment: Deployment;
  try {
    deployment = await openDeployment(options);
  } catch (error) {
    if (!(error instanceof CopydeskError)) throw error;
    // The account may be the reason that the stack is not found.
    if (!isForLaptop(options)) {
      let isKnown = true;
      for await (const each of checkAccount()) {
        tell(each);
        isKnown &&= each.state !== 'fail';
      }
      if (!isKnown) return EXIT.usage;
    }
    tell(fail('deployment', error.message, 'Nothing else can be looked at without one.'));
    return EXIT.usage;
  }
  try {
    if (!deployment.isLaptop) for await (const each of checkAccount()) tell(each);
    tell(ok('deployment', deployment.name));
    const { drift = false } = options;
    const examined = { ...deployment, now: Date.now(), feedEntries: settings.feeds.entries, drift };
    for (const look of checksOf(examined)) for (const each of await tried(look, examined)) tell(each);
    return EXIT.ok;
  } finally {
    deployment.close();
  }
}

/** Runs a check. If it fails, the result is a warning. */
async function tried({ about, look }: Look, examined: Examined): Promise<Check[]> {
  const timer = about === 'drift' ? elapsed('Comparing the stack with its template') : undefined;
  try {
    return [await look(examined)].flat();
  } catch (error) {
    const says = awsTrouble(error)?.message ?? (error as Error).message;
    return [warn(about, `could not be looked at: ${says}`, 'Look with credentials that may.')];
  } finally {
    timer?.stop();
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
