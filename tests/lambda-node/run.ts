// `npm run test:lambda-node`: the unit tests on the Node that Lambda runs. `-- tests/unit/feeds` runs others.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { nodeOfLambda } from '../support/lambda-node.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const node = nodeOfLambda();
const words = process.argv.slice(2);
const { status, error } = spawnSync(
  node,
  [path.join(root, 'node_modules', 'jest', 'bin', 'jest.js'), ...(words.length > 0 ? words : ['tests/unit'])],
  {
    cwd: root,
    stdio: 'inherit',
    // Tests that start `node` by its name get the same one.
    env: { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` },
  },
);
if (error) throw error;
process.exitCode = status ?? 1;
