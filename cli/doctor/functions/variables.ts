import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { ENV, INGEST_ENV, PUBLISH_ENV } from '../../../shared/stack/environment.ts';
import { type DeploymentOutputs, LIVE_ALIAS } from '../../../shared/stack/stack-outputs.ts';
import { type Check, type Examined, fail, ok, undoByHand } from '../machine/check.ts';

/** The value that the stack gives each variable that names one of its resources. */
function expected(outputs: DeploymentOutputs): Map<string, string> {
  return new Map([
    [ENV.table, outputs.table],
    [ENV.intakeBucket, outputs.intakeBucket],
    [ENV.storageBucket, outputs.storageBucket],
    [ENV.siteBucket, outputs.siteBucket],
    [ENV.intakeQueue, outputs.intakeQueue],
    [ENV.deadLetterQueue, outputs.deadLetterQueue],
    [ENV.baseUrl, outputs.site],
  ]);
}

/** Checks that the environment variables of the functions are there, and that they name the resources of the stack. */
export async function variables(
  deployment: Pick<Examined, 'clients' | 'outputs' | 'stackName'>,
): Promise<Check[]> {
  const about = 'variables';
  const { clients, outputs } = deployment;
  const wanted = expected(outputs);
  const todo = undoByHand(deployment);
  const wrong: Check[] = [];
  for (const { name, names } of [
    { name: outputs.ingestFunction, names: INGEST_ENV },
    { name: outputs.publishFunction, names: PUBLISH_ENV },
  ]) {
    const { Environment } = await clients.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: LIVE_ALIAS }),
    );
    for (const variable of names) {
      const value = Environment?.Variables?.[variable];
      const right = wanted.get(variable);
      if (value === undefined) wrong.push(fail(about, `${name} has no ${variable}`, todo));
      else if (right !== undefined && value !== right)
        wrong.push(fail(about, `${variable} of ${name} is ${value} in place of ${right}`, todo));
    }
  }
  return wrong.length > 0 ? wrong : [ok(about, 'each names what the stack made')];
}
