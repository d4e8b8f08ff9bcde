import type { Rejected } from '../../shared/model/article.ts';
import { type DeadLetter, readDeadLetter } from '../deployment/dead-letter.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { type Parked, putBack, take } from '../deployment/parked.ts';
import { rejectedSince } from '../deployment/rejected.ts';
import { type UnpublishedArticle, unpublishedArticles } from '../deployment/unpublished.ts';

export interface Failures {
  deadLetters: DeadLetter[];
  /** Changes that are tried again by each tick. */
  unpublished: UnpublishedArticle[];
  publishFailures: Parked[];
  rejected: Rejected[];
}

/** Looks for everything that failed. It moves no message. */
export async function findFailures(
  { clients: { sqs }, outputs, articles }: Deployment,
  { limit, since }: { limit: number; since: string },
): Promise<Failures> {
  const [deadLetters, publishFailures] = await Promise.all(
    [outputs.deadLetterQueue, outputs.publishFailureQueue].map(async queue => {
      const messages: Parked[] = [];
      try {
        for await (const message of take(sqs, queue, limit)) messages.push(message);
      } finally {
        await putBack(sqs, queue, messages);
      }
      return messages;
    }),
  );
  const rejected = await rejectedSince(articles, since, limit);
  return {
    deadLetters: (deadLetters ?? []).map(readDeadLetter),
    unpublished: await unpublishedArticles(articles, limit),
    publishFailures: publishFailures ?? [],
    rejected,
  };
}
