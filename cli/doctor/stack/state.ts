import { type Check, type Examined, fail, ok, warn } from '../machine/check.ts';
import { describeStack } from '../machine/cloud-formation.ts';

/** Checks the state of the stack in CloudFormation. */
export async function stackState({ stackName = '' }: Examined): Promise<Check> {
  const { StackStatus: state = 'unknown', StackStatusReason: reason } = await describeStack(stackName);
  const said = reason ? `${state}: ${reason}` : state;
  const events = `"aws cloudformation describe-stack-events --stack-name ${stackName}" says why`;
  if (state.endsWith('_IN_PROGRESS')) return warn('stack', said, 'Wait until it is done, and look again.');
  if (state.endsWith('_FAILED') || state === 'ROLLBACK_COMPLETE')
    return fail('stack', said, `${events}; docs/operating.md says how to roll back.`);
  if (state.includes('ROLLBACK'))
    return warn('stack', said, `The last deployment failed and was taken back: ${events}.`);
  return ok('stack', said);
}
