import { redirectKey } from '../../../shared/model/alias.ts';
import { ANSWER_LOCATION, ANSWER_STATUS, REDIRECT_OF } from '../../../shared/stack/response-headers.ts';
import { webAddress } from '../../../shared/text/web-address.ts';
import { htmlFile, type Rendition } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import { movedPage } from '../pages/notice-page.tsx';

/** A redirect from an address of the site. */
export interface Redirect {
  /** The address, as `readRedirectPath` gives it. */
  path: string;
  /** A path of the site, or an https address. */
  target: string;
  /** Who has the address: the id of an article, or `settings`. */
  of: string;
}

/** The file at an address that redirects. A web host that does not know its metadata shows its page, which does the same. */
export function redirectRendition({ path, target, of }: Redirect, site: Site): Rendition {
  const key = redirectKey(path);
  const isOwn = target.startsWith('/');
  const stated = isOwn ? site.baseUrl + target : target;
  const address = webAddress(stated) ?? stated;
  const location = isOwn ? address.slice(new URL(address).origin.length) : address;
  const page = htmlFile(key, movedPage(key, { address, path: isOwn ? target : undefined }, site));
  return {
    ...page,
    metadata: { [ANSWER_STATUS]: '301', [ANSWER_LOCATION]: location, [REDIRECT_OF]: of },
  };
}
