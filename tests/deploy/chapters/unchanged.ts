import assert from 'node:assert/strict';
import type { Chapter } from '../chapter.ts';
import { UNCHANGED } from '../checkout.ts';

/** A deployment of what is deployed. */
export const unchanged: Chapter = async ({ steps, checkout, account }) => {
  const outputs = await account.deployed();
  await steps.do('cdk diff: nothing differs', () => checkout.cdk('diff', '--fail'));
  await steps.do('a second cdk deploy: no changes', async () => {
    assert.match(await checkout.deploy(), UNCHANGED);
    assert.deepEqual(await account.deployed(), outputs);
  });
};
