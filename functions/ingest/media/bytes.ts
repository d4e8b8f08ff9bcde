import { Rejection } from '../../../shared/errors/rejection.ts';

/** Reads numbers from bytes and never beyond their end. */
export class Bytes {
  readonly buffer: Buffer;
  readonly #what: string;

  /** @param what the file as a sentence names it: `JPEG image` */
  constructor(bytes: Uint8Array, what: string) {
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#what = what;
  }

  get length(): number {
    return this.buffer.length;
  }

  /** @throws Rejection where the file ends before that */
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

  /** Eight bytes, big end first; what is beyond 2^53 is beyond any file. */
  u64(at: number): number {
    return this.u32(at) * 2 ** 32 + this.u32(at + 4);
  }

  /** A name of so many characters, as Latin-1. */
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
      `The ${this.#what} is damaged. Open it in an image or sound editor and save it anew.`,
    );
  }
}
