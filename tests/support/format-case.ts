import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { makeDocx, makeOdt } from './zip.ts';

/** The bytes of a case: its source as it is, or a document made of its parts. */
export function caseBytes(folder: string, ending: string): Buffer {
  const part = (name: string) => {
    const file = path.join(folder, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
  if (ending === 'odt') return makeOdt(part('content.xml') ?? '', part('styles.xml'), part('meta.xml'));
  if (ending !== 'docx') return readFileSync(path.join(folder, `source.${ending}`));
  return makeDocx(part('document.xml') ?? '', part('styles.xml'), part('core.xml'));
}
