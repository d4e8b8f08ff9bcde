import { Rejection } from '../../../shared/errors/rejection.ts';

/** Reads numbers from the bytes of a file. A read beyond the end throws a Rejection. */
export class Bytes {
  readonly buffer: Buffer;
  readonly #what: string;

  /** @param what name of the file's kind for messages: `JPEG image` */
  constructor(bytes: Uint8Array, what: string) {
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#what = what;
  }

  get length(): number {
    return this.buffer.length;
  }

  /**
   * Checks that bytes exist. Returns `at`.
   * @throws Rejection if the file ends before `at + length`
   */
  need(at: number, length: number): number {
    if (at < 0 || length < 0 || at + length > this.buffer.length) throw this.cutOff();
    return at;
  }

  u8(at: number): number {
    return this.buffer.readUInt8(this.need(at, 1));
  }

  u16(at: number): number {
    return this.buffer.readUInt16BE(this.need(at, 2));
  }

  u16le(at: number): number {
    return this.buffer.readUInt16LE(this.need(at, 2));
  }

  u24le(at: number): number {
    return this.buffer.readUIntLE(this.need(at, 3), 3);
  }

  u32(at: number): number {
    return this.buffer.readUInt32BE(this.need(at, 4));
  }

  u32le(at: number): number {
    return this.buffer.readUInt32LE(this.need(at, 4));
  }

  /**
   * Reads eight bytes in big-endian order. A value above 2^53 is not exact, but is larger than every file.
   */
  u64(at: number): number {
    return this.u32(at) * 2 ** 32 + this.u32(at + 4);
  }

  /** Reads a name in Latin-1. */
  name(at: number, length = 4): string {
    return this.buffer.toString('latin1', this.need(at, length), at + length);
  }

  slice(from: number, to: number): Buffer {
    this.need(from, to - from);
    return this.buffer.subarray(from, to);
  }

  cutOff(): Rejection {
    return new Rejection('unreadable', `The ${this.#what} is cut off. Upload it again.`);
  }

  damaged(): Rejection {
    return new Rejection(
      'unreadable',
      `The ${this.#what} is damaged. Open it in an image or sound editor and save it again.`,
    );
  }
}
