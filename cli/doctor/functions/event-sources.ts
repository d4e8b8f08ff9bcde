import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { LIVE_ALIAS } from '../../../shared/stack/stack-outputs.ts';
import { type Check, type Examined, fail, ok, undoByHand, warn } from '../machine/check.ts';
import { functionNames } from './names.ts';

const WORKING = new Set(['Enabled', 'Creating', 'Enabling', 'Updating']);

/** Checks that the queue and the change stream reach the functions. */
export async function eventSources(deployment: Examined): Promise<Check[]> {
  const about = 'event source';
  const { clients } = deployment;
  const found = await Promise.all(
    functionNames(deployment).map(async name => {
      const { EventSourceMappings = [] } = await clients.lambda.send(
        new ListEventSourceMappingsCommand({ FunctionName: `${name}:${LIVE_ALIAS}` }),
      );
      if (EventSourceMappings.length === 0)
        return fail(about, `nothing feeds ${name}`, undoByHand(deployment));
      return EventSourceMappings.map(({ State = 'unknown', LastProcessingResult = '', UUID = '' }) => {
        if (!WORKING.has(State))
          return fail(
            about,
            `${name} is fed nothing: its event source is ${State}`,
            `aws lambda update-event-source-mapping --enabled --uuid ${UUID}`,
          );
        return /problem|error/i.test(LastProcessingResult)
          ? warn(
              about,
              `${name}: ${LastProcessingResult}`,
              `See the log of ${name}: docs/runbook.md, "Logs".`,
            )
          : ok(about, `${name}: ${State}`);
      });
    }),
  );
  return found.flat();
}
