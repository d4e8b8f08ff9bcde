import { webUrl } from '../../../shared/text/web-address.ts';
import { type Element, isElement } from '../model/dom.ts';
import { stripForbidden } from '../text/characters.ts';

/** A video, recording, post, map or chart of another site that a file embeds. */
export interface Embed {
  /** The page that shows it to people, or else the address that is embedded. */
  href: string;
  title: string;
}

/** Addresses of players and the page of the same video, post or recording. A page needs no player around it. */
const PAGES: readonly (readonly [player: RegExp, page: string])[] = [
  [
    /^https?:\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/embed\/videoseries\?.*\blist=([\w-]+)/,
    'https://www.youtube.com/playlist?list=$1',
  ],
  [
    /^https?:\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/(?:embed|v|shorts|live)\/([\w-]{6,20})/,
    'https://www.youtube.com/watch?v=$1',
  ],
  [/^https?:\/\/player\.vimeo\.com\/video\/(\d+)/, 'https://vimeo.com/$1'],
  [/^https?:\/\/(?:www\.)?dailymotion\.com\/embed\/video\/(\w+)/, 'https://www.dailymotion.com/video/$1'],
  [/^https?:\/\/geo\.dailymotion\.com\/player.*[?&]video=(\w+)/, 'https://www.dailymotion.com/video/$1'],
  [
    /^https?:\/\/platform\.(?:twitter|x)\.com\/embed\/[^?]*\?(?:.*&)?id=(\d+)/,
    'https://x.com/i/web/status/$1',
  ],
  [/^https?:\/\/(?:www\.)?instagram\.com\/(p|reel|tv)\/([\w-]+)/, 'https://www.instagram.com/$1/$2/'],
  [/^https?:\/\/open\.spotify\.com\/embed(?:-podcast)?\/(\w+)\/(\w+)/, 'https://open.spotify.com/$1/$2'],
  [/^https?:\/\/embed\.podcasts\.apple\.com\/([^?#]+)/, 'https://podcasts.apple.com/$1'],
];

/** Players whose query names the address of the page. */
const PAGE_IN_QUERY: readonly (readonly [player: RegExp, parameter: string])[] = [
  [/^(?:www\.)?facebook\.com\/plugins\/(?:video|post)\.php/, 'href'],
  [/^w\.soundcloud\.com\/player/, 'url'],
];

/** Frames of advertising, measuring, comments, sharing and logins. They show nothing of the story. */
const NOT_OF_STORY =
  /(?:^|[./_-])(?:ads?|adserver|adservice|doubleclick|googlesyndication|googletagmanager|google-analytics|amazon-adsystem|taboola|outbrain|criteo|recaptcha|captcha|disqus|addthis|sharethis|addtoany|gravatar|mailchi|newsletter|login|accounts|consent|cookie)(?=[./-])|\/plugins\/(?:like|share|page|follow|comments)/;

/** Titles that players give to every video. */
const GENERIC_TITLE =
  /^(?:youtube|vimeo|dailymotion|facebook|twitter|spotify|soundcloud|embedded|embed|iframe|video|audio)?[\s:-]*(?:video|audio|media|post|tweet|content|embed|embedded|iframe|player|frame)*(?: player)?$/i;

/** A frame with a shorter side is a counter. */
const MIN_SIDE_PIXELS = 30;

/** Maximum length of an address that stands in for a title, in characters. */
const MAX_ADDRESS_CHARS = 60;

/** Maximum length of a title, in characters. */
const MAX_TITLE_CHARS = 200;

/**
 * Reads an element that embeds something of another site: a frame, an object, or a video or recording that is not in
 * the storage bucket. Returns undefined if it is hidden, or advertising, measuring or another part of the page.
 * @param base address for resolving relative addresses
 */
export function embedOf(element: Element, base?: string): Embed | undefined {
  if (isHidden(element)) return undefined;
  const address = addressOf(element, base);
  if (address === undefined) return undefined;
  const { host, pathname } = new URL(address);
  if (NOT_OF_STORY.test(`${host}${pathname}/`)) return undefined;
  const href = pageOf(address);
  return { href, title: titleOf(element) ?? shortened(href) };
}

function addressOf({ attribs, children }: Element, base: string | undefined): string | undefined {
  const sources = children.filter(isElement).map(child => child.attribs.src);
  const stated = [attribs.src, attribs['data-src'], attribs['data-lazy-src'], attribs.data, ...sources];
  return stated.map(source => webUrl(source, base)).find(Boolean);
}

function pageOf(address: string): string {
  for (const [player, page] of PAGES) {
    const found = player.exec(address);
    if (found) return page.replace(/\$(\d)/g, (_, group) => found[Number(group)] ?? '');
  }
  const { host, pathname, searchParams } = new URL(address);
  for (const [player, parameter] of PAGE_IN_QUERY) {
    const page = player.test(host + pathname) ? webUrl(searchParams.get(parameter) ?? undefined) : undefined;
    if (page !== undefined) return page;
  }
  return address;
}

function titleOf({ attribs }: Element): string | undefined {
  const title = stripForbidden(attribs.title ?? attribs['aria-label'] ?? '')
    .slice(0, MAX_TITLE_CHARS)
    .replace(/\s+/g, ' ')
    .trim();
  return title === '' || GENERIC_TITLE.test(title) ? undefined : title;
}

/** The address without its scheme, as people write it, or the host of one that is long or encoded. */
function shortened(address: string): string {
  const short = address.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
  return short.length <= MAX_ADDRESS_CHARS && !short.includes('%')
    ? short
    : (short.split('/', 1)[0] ?? short);
}

function isHidden({ attribs }: Element): boolean {
  if (attribs.hidden !== undefined || attribs['aria-hidden'] === 'true') return true;
  if (/(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attribs.style ?? '')) return true;
  return [attribs.width, attribs.height].some(
    side => /^\d+(?:px)?$/.test(side?.trim() ?? '') && Number.parseInt(side ?? '', 10) < MIN_SIDE_PIXELS,
  );
}
