import pMap, { pMapSkip } from 'p-map';

/**
 * Does work on items in parallel, like `p-map`. After an error it begins no further work, and waits for the work that
 * runs. A write that is left running could end after those of the next attempt, and undo them.
 * @returns the results, in the order of the items
 * @throws the first error
 */
export async function inParallel<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T, index: number) => R | Promise<R>,
  options: { concurrency?: number } = {},
): Promise<R[]> {
  let failure: { error: unknown } | undefined;
  const results = await pMap<T, R>(
    items,
    async (item, index) => {
      if (failure !== undefined) return pMapSkip as never;
      try {
        return await work(item, index);
      } catch (error) {
        failure ??= { error };
        return pMapSkip as never;
      }
    },
    options,
  );
  if (failure !== undefined) throw (failure as { error: unknown }).error;
  return results;
}
