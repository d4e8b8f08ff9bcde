import { DIFFERENCES } from './differences.ts';
import type { Side } from './sides.ts';

/**
 * A test of one sentence that AWS documents. Where a side is known to differ the test must fail there, so that we
 * hear of it when it no longer does; what differs by chance is tried, and proves nothing.
 */
export function lawOf(side: Side): (sentence: string, check: () => Promise<void>) => void {
  return (sentence, check) => {
    const difference = DIFFERENCES.find(each => each.side === side && each.law === sentence);
    if (difference === undefined) test(sentence, check);
    else if (difference.sometimes)
      test(`${sentence} [not always: ${difference.instead}]`, () => check().catch(() => {}));
    else test.failing(`${sentence} [not so: ${difference.instead}]`, check);
  };
}

/** How a call ended: `200`, or the status and the name of its error. */
export async function answerOf(call: Promise<{ $metadata: { httpStatusCode?: number } }>): Promise<string> {
  return call.then(
    ({ $metadata }) => `${$metadata.httpStatusCode}`,
    (error: Error & { $metadata?: { httpStatusCode?: number } }) =>
      `${error.$metadata?.httpStatusCode} ${error.name}`,
  );
}
