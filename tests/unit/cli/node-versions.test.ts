import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { checkNode, SUPPORTED_NODES } from '../../../cli/doctor/machine/node.ts';
import { NODE_MAJOR } from '../../../infra/bundle/bundle.ts';

const names = SUPPORTED_NODES.map(([major, minor], at) => (at === 0 ? `${major}.${minor}` : String(major)));

test.each(SUPPORTED_NODES)('the doctor takes Node %i.%i and later releases of the major', (major, minor) => {
  expect(checkNode(`${major}.${minor}.0`).state).not.toBe('fail');
  expect(checkNode(`${major}.${minor + 3}.1`).state).not.toBe('fail');
});

test.each(SUPPORTED_NODES.filter(([, minor]) => minor > 0))(
  'it refuses what is before %i.%i',
  (major, minor) => {
    expect(checkNode(`${major}.${minor - 1}.9`).state).toBe('fail');
  },
);

test('the doctor refuses a Node below all of them, and warns of those that no test runs on', () => {
  expect(checkNode('18.20.8').state).toBe('fail');
  for (const version of ['21.7.3', '23.11.0', '26.1.0']) expect(checkNode(version).state).toBe('warn');
});

test('the doctor tells on Node 20 only that coming releases of the SDK need Node 22', () => {
  expect(checkNode('20.20.2')).toEqual({
    state: 'warn',
    about: 'Node',
    says: '20.20.2: releases of the AWS SDK from 2027 on need Node 22',
    todo: 'Install Node 22 or 24.',
  });
  for (const version of ['22.23.3', '24.21.0'])
    expect(checkNode(version)).toEqual({ state: 'ok', about: 'Node', says: version });
});

test('CI runs the unit tests on the oldest supported release and on the others', () => {
  const { jobs } = parse(readFileSync('.github/workflows/ci.yml', 'utf8')) as {
    jobs: { unit: { strategy: { matrix: { node: unknown } } } };
  };
  expect(jobs.unit.strategy.matrix.node).toEqual(names);
});

test('the Node of Lambda is a supported one', () => {
  expect(SUPPORTED_NODES.map(([major]) => major)).toContain(NODE_MAJOR);
});

test.each(['README.md', 'CONTRIBUTING.md'])('%s names the supported releases', file => {
  const [last = '', ...others] = [...names].reverse();
  expect(readFileSync(file, 'utf8')).toContain(`Node ${others.reverse().join(', ')} or ${last}`);
});
