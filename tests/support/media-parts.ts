/** What is hidden in every file: no published byte may hold it. */
export const SECRET = 'GPS 50.4501N 30.5234E, taken by Jane Roe';

/** A RIFF file of chunks. */
export function riff(form: string, chunks: [string, Buffer | string][], trailer = ''): Buffer {
  const parts = chunks.map(([name, content]) => {
    const body = Buffer.from(content as string, 'latin1');
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
  });
  const body = Buffer.concat([Buffer.from(form), ...parts]);
  const head = Buffer.alloc(8);
  head.write('RIFF');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.from(trailer)]);
}

/** A box of an ISO file (ISO 14496-12). */
export function box(type: string, ...content: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(content.map(part => Buffer.from(part as string, 'latin1')));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** A box with a version and no flags. */
export function full(type: string, version: number, ...content: (Buffer | string)[]): Buffer {
  return box(type, Buffer.from([version, 0, 0, 0]), ...content);
}

/** Numbers of so many bytes, the highest first. */
export function numbers(size: 2 | 4, ...values: number[]): Buffer {
  const buffer = Buffer.alloc(size * values.length);
  for (const [index, value] of values.entries()) buffer.writeUIntBE(value, index * size, size);
  return buffer;
}
