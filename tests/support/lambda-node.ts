import { execFileSync } from 'node:child_process';
import { NODE_MAJOR } from '../../infra/bundle/bundle.ts';

/** A release of the Node that Lambda runs. It has 189 MB unpacked: too much for every `npm ci`. */
const LAMBDA_NODE = 'node@24.21.0';

/** Path of a Node of the version that Lambda runs; npm fetches one where this is another. */
export function nodeOfLambda(): string {
  if (process.versions.node.startsWith(`${NODE_MAJOR}.`)) return process.execPath;
  const words = ['exec', '--yes', `--package=${LAMBDA_NODE}`, '--', 'node', '-p', 'process.execPath'];
  return execFileSync('npm', words, { encoding: 'utf8' }).trim();
}
