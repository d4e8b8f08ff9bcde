import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { LIVE_ALIAS } from '../../../shared/stack/stack-outputs.ts';
import { type Check, type Examined, fail, ok } from '../machine/check.ts';
import { functionNames } from './names.ts';

/** Checks that Lambda can run the functions. */
export function functionStates(deployment: Examined): Promise<Check[]> {
  const { clients } = deployment;
  return Promise.all(
    functionNames(deployment).map(async name => {
      const { State, LastUpdateStatus, LastUpdateStatusReason, StateReason } = await clients.lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: LIVE_ALIAS }),
      );
      const about = 'function';
      const again = 'Deploy again: "npx cdk deploy --force".';
      if (LastUpdateStatus === 'Failed')
        return fail(about, `${name}: its last update failed: ${LastUpdateStatusReason ?? ''}`, again);
      // A function that has not run for weeks is Inactive. The next call activates it.
      if (State === 'Failed') return fail(about, `${name}: ${StateReason ?? State}`, again);
      return ok(about, `${name}: ${State ?? 'Active'}`);
    }),
  );
}
