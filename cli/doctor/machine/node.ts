import packageJson from '../../../package.json' with { type: 'json' };
import { type Check, fail, ok, warn } from './check.ts';

type NodeVersion = readonly [major: number, minor: number];

/** The first supported release of each supported major version, the oldest first. From `engines` of package.json. */
export const SUPPORTED_NODES: readonly NodeVersion[] = packageJson.engines.node
  .split('||')
  .map(range => versionOf(range.trim().replace(/^\^/, '')));

/** Minimum major version of Node for AWS SDK releases after 2026. The SDK itself announces it. */
const SDK_MAJOR_FROM_2027 = 22;

/**
 * Checks whether Copydesk supports a version of Node, now and after the next updates. The SDK's own warning has eight
 * lines and comes with every command, so cli/copydesk.js turns it off.
 * @param version in the form of `process.versions.node`: `20.20.2`
 */
export function checkNode(version: string): Check {
  const about = 'Node';
  const [major, minor] = versionOf(version);
  const use = `Install Node ${listOf(SUPPORTED_NODES.filter(([each]) => each >= SDK_MAJOR_FROM_2027))}.`;
  const [oldest] = SUPPORTED_NODES;
  const first = SUPPORTED_NODES.find(([each]) => each === major) ?? oldest;
  if (first === undefined || isBefore([major, minor], first))
    return fail(about, `${version} is too old`, use);
  if (major !== first[0]) return warn(about, `${version}: Copydesk is not tested on this release`, use);
  if (major < SDK_MAJOR_FROM_2027)
    return warn(
      about,
      `${version}: releases of the AWS SDK from 2027 on need Node ${SDK_MAJOR_FROM_2027}`,
      use,
    );
  return ok(about, version);
}

function versionOf(version: string): NodeVersion {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return [major, minor];
}

function isBefore([major, minor]: NodeVersion, [otherMajor, otherMinor]: NodeVersion): boolean {
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

function listOf(versions: readonly NodeVersion[]): string {
  return versions.map(([major]) => major).join(' or ');
}
