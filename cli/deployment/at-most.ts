/** The first values of a sequence. */
export async function* atMost<T>(values: AsyncIterable<T>, limit: number): AsyncGenerator<T> {
  let left = limit;
  for await (const value of values) {
    if (left-- <= 0) return;
    yield value;
  }
}
