import { Kept } from '../../../shared/text/kept.ts';
import { languageTag } from '../../../shared/text/language-tag.ts';
import { SITE_FILES, siteAddress } from '../content/addresses.ts';
import type { Site } from '../model/site.ts';

/** What a link preview shows of a page. */
export interface SocialCard {
  type: 'website' | 'article' | 'profile';
  title: string;
  description?: string | undefined;
  /** Default: the canonical address of the page. */
  address?: string | undefined;
  /** BCP 47. */
  language: string;
  /** Default: the icon of the site. */
  image?:
    | { url: string; width?: number | undefined; height?: number | undefined; alt?: string | undefined }
    | undefined;
}

/** Size of the large icon, in pixels. */
const ICON_SIZE = 512;

/** The large icon of the site, as an image of previews and of structured data. */
export function iconOf(site: Site) {
  return { url: siteAddress(site, SITE_FILES.largeIcon), width: ICON_SIZE, height: ICON_SIZE };
}

/** Metadata of Open Graph (ogp.me), with which chats and networks show a link. A page without a picture has the icon. */
export function OpenGraph({ card, address, site }: { card: SocialCard; address: string; site: Site }) {
  const { type, title, description, language } = card;
  const image = card.image ?? { ...iconOf(site), alt: site.title };
  const locale = openGraphLocale(language);
  return (
    <>
      <meta property="og:type" content={type} />
      <meta property="og:site_name" content={site.title} />
      <meta property="og:title" content={title} />
      {description && <meta property="og:description" content={description} />}
      <meta property="og:url" content={address} />
      {locale && <meta property="og:locale" content={locale} />}
      <meta property="og:image" content={image.url} />
      {image.width && image.height && (
        <>
          <meta property="og:image:width" content={String(image.width)} />
          <meta property="og:image:height" content={String(image.height)} />
        </>
      )}
      {image.alt && <meta property="og:image:alt" content={image.alt} />}
      <meta name="twitter:card" content={card.image ? 'summary_large_image' : 'summary'} />
    </>
  );
}

/** Maximum number of kept locales. A newsroom writes in a few languages. */
const MAX_KEPT_LOCALES = 200;

const locales = new Kept<string | undefined>(MAX_KEPT_LOCALES);

/** A locale of Open Graph: `pt_BR`. If the tag has no region, the likely region is added, because it is required. */
function openGraphLocale(tag: string): string | undefined {
  return locales.get(tag, () => {
    const known = languageTag(tag);
    if (known === undefined) return undefined;
    const { language, region } = new Intl.Locale(known).maximize();
    return region ? `${language}_${region}` : undefined;
  });
}
