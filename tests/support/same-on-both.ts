/** Sends a command, and returns its output or its error without what differs from call to call. */
export type Call = (command: object) => Promise<unknown>;

/** A client, what ends it, and what it was told of besides the answers. */
export interface Side {
  client: unknown;
  close(): Promise<void>;
  seen?: unknown[];
}

/** Members that differ from call to call. */
const CHANGING = new Set([
  'requestId',
  'extendedRequestId',
  'cfId',
  'LastModified',
  'MessageId',
  'ReceiptHandle',
  // Only a request over HTTP has a checksum.
  'ChecksumCRC32',
  'ChecksumType',
]);

/** Runs the same calls against servers by the SDK, and in this process. The results of both are equal. */
export async function sameOnBoth(
  open: (isInProcess: boolean) => Promise<Side>,
  calls: (call: Call) => Promise<void>,
): Promise<unknown[]> {
  const [served = [], inProcess = []] = await Promise.all(
    [false, true].map(async isInProcess => {
      const { client, close, seen = [] } = await open(isInProcess);
      const results: unknown[] = [];
      const { send } = client as { send: (command: object) => Promise<object> };
      await calls(async command => {
        const result = await send.call(client, command).then(outputOf, errorOf);
        results.push([command.constructor.name, result]);
        return result;
      });
      await close();
      return [...results, ...seen].map(result => withoutIds(result, new Map()));
    }),
  );
  expect(inProcess).toEqual(served);
  return served;
}

async function outputOf(output: object): Promise<object> {
  const { Body, ...rest } = output as { Body?: { transformToString(): Promise<string> } };
  return Body ? { ...rest, Body: await Body.transformToString() } : rest;
}

function errorOf(error: Error & { $fault?: string; $metadata?: { httpStatusCode?: number }; code?: string }) {
  const { name, message, $fault, $metadata, code } = error;
  return { error: name, message, $fault, status: $metadata?.httpStatusCode, code };
}

/** Numbers the ids of versions, and leaves out what differs from call to call. */
function withoutIds(value: unknown, ids: Map<string, number>): unknown {
  if (value instanceof Date || value instanceof Set || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(each => withoutIds(each, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, each]) => !CHANGING.has(name) && each !== undefined)
      .map(([name, each]) => {
        if (!/VersionId$/.test(name)) return [name, withoutIds(each, ids)];
        ids.set(each, ids.get(each) ?? ids.size);
        return [name, ids.get(each)];
      }),
  );
}
