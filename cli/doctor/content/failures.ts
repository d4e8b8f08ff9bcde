import { countMessages } from '../../../shared/aws/queue-counts.ts';
import { countUnpublished } from '../../deployment/unpublished.ts';
import { type Check, type Examined, fail, ok } from '../machine/check.ts';

/** Checks that no message is parked, and that no change waits to be published or was given up. */
export async function failures({ clients, outputs, articles }: Examined): Promise<Check[]> {
  const [dead, givenUp, unpublished] = await Promise.all([
    countMessages(clients.sqs, outputs.deadLetterQueue),
    countMessages(clients.sqs, outputs.publishFailureQueue),
    countUnpublished(articles),
  ]);
  return [
    dead.total === 0
      ? ok('dead letters', 'none')
      : fail(
          'dead letters',
          `${dead.total} wait`,
          '"npx copydesk failures" shows them, "npx copydesk retry" tries them again.',
        ),
    unpublished === 0
      ? ok('unpublished', 'none')
      : fail(
          'unpublished',
          `${unpublished} changes could not be published`,
          '"npx copydesk failures" says why, "npx copydesk retry" tries them now.',
        ),
    givenUp.total === 0
      ? ok('failed publishes', 'none')
      : fail('failed publishes', `${givenUp.total} wait`, '"npx copydesk retry" rebuilds the site for them.'),
  ];
}
