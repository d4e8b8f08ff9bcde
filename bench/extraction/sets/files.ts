import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decode } from '../../../functions/ingest/decode/decode.ts';
import type { Page } from './page-set.ts';

/** @throws Error that names the missing file */
export function readJson<T>(folder: string, name: string): T {
  const file = path.join(folder, name);
  if (!existsSync(file))
    throw new Error(`There is no ${name} in ${folder}: docs/parser.md shows the layout.`);
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

/** Reads a page whose file may be gzipped. */
export function readPage<Gold>(
  folder: string,
  name: string,
  known: Pick<Page<Gold>, 'id' | 'url' | 'gold' | 'text'>,
): Page<Gold> {
  const plain = path.join(folder, name);
  const file = existsSync(`${plain}.gz`) ? `${plain}.gz` : plain;
  const content = readFileSync(file);
  const bytes = file.endsWith('.gz') ? gunzipSync(content) : content;
  return { ...known, bytes, html: decode(bytes, { contentType: 'text/html' }).text, file };
}
