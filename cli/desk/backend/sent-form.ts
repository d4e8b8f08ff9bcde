import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { CopydeskError } from '../../../shared/errors/errors.ts';
import { UsageError } from '../../output/usage-error.ts';
import type { Fields } from './desk-actions.ts';

/** Maximum size of a form in bytes. A file has at most 100 MB, and the form is read into memory. */
const MAX_FORM_BYTES = 120_000_000;

/** Maximum number of files in a form. The script of the page sends each file by itself. */
const MAX_FILES = 500;

/** A form that was sent: its fields and its files. */
export interface SentForm {
  fields: Fields;
  files: File[];
}

/**
 * Reads the body of a POST: a form of either encoding of HTML.
 * @throws UsageError if the form is too large or broken
 */
export async function readForm(request: IncomingMessage): Promise<SentForm> {
  const type = request.headers['content-type'] ?? '';
  const form = await new Response(bounded(request), { headers: { 'content-type': type } })
    .formData()
    .catch((error: unknown) => {
      throw error instanceof CopydeskError ? error : tooLargeIn(error);
    });
  const fields: Record<string, string> = Object.create(null);
  const files: File[] = [];
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = value;
    // A form without a chosen file sends a file without a name.
    else if (value.name !== '') files.push(value);
  }
  if (files.length > MAX_FILES)
    throw new UsageError(`These are ${files.length} files: file at most ${MAX_FILES} at once.`);
  return { fields, files };
}

/** The body of a request up to the maximum size. */
function bounded(request: IncomingMessage): ReadableStream {
  async function* parts() {
    let bytes = 0;
    for await (const part of request as AsyncIterable<Uint8Array>) {
      bytes += part.length;
      if (bytes > MAX_FORM_BYTES) throw tooLarge();
      yield part;
    }
  }
  return Readable.toWeb(Readable.from(parts())) as ReadableStream;
}

function tooLarge(): UsageError {
  return new UsageError(`The form has more than ${MAX_FORM_BYTES / 1e6} MB: file fewer files at once.`);
}

/** `Response` wraps the error of its body. */
function tooLargeIn(error: unknown): UsageError {
  const { cause } = error as Error;
  return cause instanceof UsageError ? cause : new UsageError('The form could not be read.', error);
}
