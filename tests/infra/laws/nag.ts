import { AwsSolutionsChecks, NagPack } from 'cdk-nag';
import { acknowledge } from '../../../infra/common/findings.ts';
import type { CopydeskStack } from '../../../infra/copydesk-stack.ts';
import { stackOf } from '../template.ts';
import { VARIANTS } from '../variants.ts';

/** `AwsSolutions-S1 Copydesk/Intake/Bucket/Resource`: what nobody has answered. */
const findingsOf = (stack: CopydeskStack): string[] =>
  new AwsSolutionsChecks()
    .validateScope(stack)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );

/** Rules that the stack answers, with the reasons, as the constructs have them. */
const answersOf = (stack: CopydeskStack): [rule: string, reason: string][] =>
  stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
    .flatMap(({ data }) => Object.entries(data as Record<string, string>))
    .filter(([rule]) => rule.includes('AwsSolutions-'));

describe.each(Object.entries(VARIANTS))('cdk-nag, AwsSolutions: %s', (_, settings) => {
  const stack = stackOf(settings);

  test('no finding, not even a warning, is unanswered', () => {
    expect(findingsOf(stack)).toEqual([]);
  });

  test('each answer is a sentence, and no rule is switched off for the whole stack', () => {
    const answers = answersOf(stack);
    expect(answers.length).toBeGreaterThan(5);
    for (const [rule, reason] of answers) {
      expect([rule, reason.length > 40, reason.at(-1)]).toEqual([rule, true, '.']);
    }
    const wide = [stack.node.root.node, stack.node].flatMap(({ metadata }) =>
      metadata.filter(({ type }) => type === 'aws:cdk:acknowledged-rules'),
    );
    expect(wide).toEqual([]);
  });

  test('nothing is answered that nobody asked', () => {
    const deaf = jest
      .spyOn(NagPack.prototype as unknown as { isAcknowledged: () => boolean }, 'isAcknowledged')
      .mockReturnValue(false);
    const asked = new Set(findingsOf(stack).map(finding => finding.split(' Copydesk/')[0]));
    deaf.mockRestore();
    const answered = answersOf(stack).map(([rule]) => rule.replace(/^Annotation::/i, ''));
    expect(answered.filter(rule => !asked.has(rule))).toEqual([]);
  });
});

test('the checks see a stack that does wrong', () => {
  const stack = stackOf();
  const [bucket] = stack.node.findAll().filter(({ node }) => node.path === 'Copydesk/Intake/Bucket');
  if (!bucket) throw new Error('There is no bucket for copy.');
  bucket.node.tryRemoveChild('Policy');
  expect(findingsOf(stack)).toEqual(['AwsSolutions-S10 Copydesk/Intake/Bucket/Resource']);
  acknowledge(bucket, { S10: 'Only to see that an answer is heard.' });
  expect(findingsOf(stack)).toEqual([]);
});
