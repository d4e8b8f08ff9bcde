import { type Checkout, tool } from './checkout.ts';

/** The commands for runs over all articles, which a return to an earlier version needs. */
const RUNS = 'cli/bulk/state-machine.ts';

/** What a package.json says, so far as it decides whether a version runs. */
interface Package {
  dependencies: Record<string, string>;
}

/**
 * Finds the earliest version of the project that runs with the installed dependencies, in the history of git.
 * @returns its checkout, beside the given one. In a clone without history it is the last commit
 * @throws Error without git
 */
export async function earlierVersion(
  checkout: Checkout,
  root: string,
): Promise<{ checkout: Checkout; title: string }> {
  const git = async (...args: string[]) => (await tool('git', args, root)).trim();
  const packageAt = async (commit: string) =>
    JSON.parse(await git('show', `${commit}:package.json`)) as Package;
  const present = await packageAt('HEAD');
  let earliest = 'HEAD';
  // An exact version is the same one in each package.json.
  for (const commit of (await git('log', '--format=%h', '--', 'package.json')).split('\n')) {
    const { dependencies } = await packageAt(commit);
    const isInstalled = Object.entries(dependencies).every(
      ([name, version]) => present.dependencies[name] === version,
    );
    if (!isInstalled || (await git('ls-tree', commit, RUNS)) === '') break;
    earliest = commit;
  }
  const later = await git('rev-list', '--count', `${earliest}..HEAD`);
  return {
    checkout: await checkout.at(earliest, root),
    title: `${await git('log', '-1', '--format=%h %s', earliest)}: ${later} commits ago`,
  };
}
