/** What a handler made of a batch: everything done, everything failed, or the identifiers that failed. */
export type BatchResult =
  | { all: 'done' }
  | { all: 'failed'; error: unknown }
  | { all: 'some'; failed: Set<string> };

/**
 * Calls a handler and reads its answer as Lambda reads it with ReportBatchItemFailures. Source: "Using Lambda with
 * Amazon SQS: Success and failure conditions", AWS Lambda Developer Guide: null, an empty object and an empty list
 * mean success; a throw, an answer of another shape, and an identifier that is empty or not of the batch mean that
 * the whole batch failed.
 */
export async function invoke(
  handler: () => Promise<unknown>,
  identifiers: ReadonlySet<string>,
): Promise<BatchResult> {
  let response: unknown;
  try {
    response = await handler();
  } catch (error) {
    return { all: 'failed', error };
  }
  if (response === null || response === undefined) return { all: 'done' };
  const malformed: BatchResult = {
    all: 'failed',
    error: new TypeError('The handler gave a malformed batch response.'),
  };
  if (typeof response !== 'object') return malformed;
  if (!('batchItemFailures' in response) || response.batchItemFailures === null) return { all: 'done' };
  const { batchItemFailures } = response;
  if (!Array.isArray(batchItemFailures)) return malformed;
  const failed = new Set<string>();
  for (const failure of batchItemFailures) {
    const identifier: unknown = failure?.itemIdentifier;
    if (typeof identifier !== 'string' || !identifiers.has(identifier)) return malformed;
    failed.add(identifier);
  }
  return failed.size ? { all: 'some', failed } : { all: 'done' };
}
