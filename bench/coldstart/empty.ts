/** A function that imports nothing. */
export const handler = async () => 0;
