/** A request to a bucket or to the table, as a service in memory sees it. Sizes in bytes, without headers. */
export interface Call {
  service: 's3' | 'table';
  /** As the API names it: `GetObject`, `BatchGetItem`... */
  operation: string;
  /** Name of the bucket, table or index. */
  place: string;
  /** Key of the object, or partition and sort key of the item. */
  key: string;
  sent: number;
  /** A write that has a condition. */
  conditional: boolean;
}

/** What an answer weighs, beside the answer. */
export interface Answer<Output> {
  output: Output;
  received: number;
}

/**
 * The way to a service: decides when a request is carried out, which is one atomic step, and may lose it, or its
 * answer, by throwing.
 */
export type Wire = <Output>(
  call: Call,
  act: () => Answer<Output> | Promise<Answer<Output>>,
) => Promise<Output>;

/** Carries everything out at once. */
export const DIRECT: Wire = async (_call, act) => (await act()).output;

/** An error as the AWS SDK throws it. */
export function fault(name: string, httpStatusCode: number): Error {
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
}

/** How each service says that a condition does not hold. */
export function conditionFailed(service: Call['service']): Error {
  return service === 's3' ? fault('PreconditionFailed', 412) : fault('ConditionalCheckFailedException', 400);
}
