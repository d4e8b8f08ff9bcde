import { type DomNode, type Element, elementsOf } from '../model/dom.ts';
import type { LocalMedia } from '../model/local-media.ts';
import { embeddedName, isIcon } from './embeddable.ts';

/** Beginning of the address of a picture that is written out in the address itself (RFC 2397). */
const DATA = /^\s{0,20}data:image\/[a-z0-9.+-]{1,40}(?:;[^;,]{1,100}){0,5};base64,/i;

/** Maximum number of pictures of this kind in one file. Further ones are left out. */
const MAX_PICTURES = 200;

/** Whether a script puts another picture in the place of this one. Other attributes have its address. */
function isPlaceholder({ attribs }: Element): boolean {
  return Object.keys(attribs).some(
    name => name === 'srcset' || /^data-.*(?:src|original|lazy|image|url)/.test(name),
  );
}

/** Makes files of pictures that were pasted into HTML or Markdown and stand in the text as `data:` addresses. */
export async function embedDataPictures(root: DomNode, local: LocalMedia): Promise<void> {
  let count = 0;
  for (const element of elementsOf(root)) {
    const start = element.name === 'img' ? DATA.exec(element.attribs.src ?? '') : null;
    if (start === null || count >= MAX_PICTURES || isPlaceholder(element)) continue;
    count++;
    const bytes = Buffer.from((element.attribs.src ?? '').slice(start[0].length), 'base64');
    const name = embeddedName('picture', bytes);
    if (name !== undefined && !(await isIcon(bytes))) element.attribs.src = local.embed(name, bytes);
  }
}
