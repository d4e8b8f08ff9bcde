/** Result of a batch: all records are done, all failed, or some failed. `failed` holds identifiers of records. */
export type BatchResult =
  | { kind: 'done' }
  | { kind: 'failed'; error: unknown }
  | { kind: 'partial'; failed: Set<string> };

/**
 * Calls a handler and reads its answer as Lambda does with ReportBatchItemFailures. Null, an empty object and an empty
 * list mean success. The whole batch fails if the handler throws, if the answer has another shape, or if an
 * identifier is empty or not in the batch.
 * Source: "Using Lambda with Amazon SQS: Success and failure conditions", AWS Lambda Developer Guide.
 */
export async function invoke(
  handler: () => Promise<unknown>,
  identifiers: ReadonlySet<string>,
): Promise<BatchResult> {
  let response: unknown;
  try {
    response = await handler();
  } catch (error) {
    return { kind: 'failed', error };
  }
  if (response === null || response === undefined) return { kind: 'done' };
  const error = new TypeError('The handler gave a malformed batch response.');
  const malformed: BatchResult = { kind: 'failed', error };
  if (typeof response !== 'object') return malformed;
  if (!('batchItemFailures' in response) || response.batchItemFailures === null) return { kind: 'done' };
  const { batchItemFailures } = response;
  if (!Array.isArray(batchItemFailures)) return malformed;
  const failed = new Set<string>();
  for (const failure of batchItemFailures) {
    const identifier: unknown = failure?.itemIdentifier;
    if (typeof identifier !== 'string' || !identifiers.has(identifier)) return malformed;
    failed.add(identifier);
  }
  return failed.size ? { kind: 'partial', failed } : { kind: 'done' };
}
