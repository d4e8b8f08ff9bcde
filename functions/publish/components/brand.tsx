import { themeAddress } from '../../../shared/model/theme-file.ts';
import { SITE_FILES } from '../content/addresses.ts';
import { folderHref, type PageContext } from './links.ts';

/** The icon of the site, the colour of the browser's frame, and the font that the page needs first. */
export function BrandLinks({ site, root }: PageContext) {
  const { icon, font } = site;
  const [first] = font?.files ?? [];
  return (
    <>
      <link rel="icon" href={root + SITE_FILES.favicon} sizes="32x32" />
      {icon === undefined ? (
        <link rel="icon" href={root + SITE_FILES.vectorIcon} type="image/svg+xml" />
      ) : (
        <link rel="icon" href={root + SITE_FILES.largeIcon} type="image/png" />
      )}
      <link rel="apple-touch-icon" href={root + SITE_FILES.largeIcon} />
      {first && (
        <link
          rel="preload"
          href={root + themeAddress(first.file)}
          as="font"
          type="font/woff2"
          crossorigin="anonymous"
        />
      )}
    </>
  );
}

/** The name of the site, or its logo. The title is the text of the logo. */
export function SiteName({ site, root }: PageContext) {
  const { title, logo } = site;
  if (logo === undefined) return <>{title}</>;
  return (
    <picture>
      {logo.dark && <source srcset={root + themeAddress(logo.dark)} media="(prefers-color-scheme: dark)" />}
      <img class="logo" src={root + themeAddress(logo.light)} alt={title} />
    </picture>
  );
}

/** Links of the setting `site.footer`, or else to the pages of the site's own, and to the accounts of the paper. */
export function BrandFooter({ context }: { context: PageContext }) {
  const { site, nav } = context;
  const { footer = [], social = [] } = site;
  const { pages = [] } = nav;
  return (
    <>
      {footer.length === 0 &&
        pages.map(({ path, title }) => (
          <li>
            <a href={folderHref(`${path}/`, context)}>{title}</a>
          </li>
        ))}
      {footer.map(({ title, url }) => (
        <li>
          <a href={hrefOf(url, context)}>{title}</a>
        </li>
      ))}
      {social.map(({ title, url }) => (
        <li>
          <a href={url} rel="me">
            {title}
          </a>
        </li>
      ))}
    </>
  );
}

/** The address of a link. One that begins with a slash is of this site, and relative like all others. */
function hrefOf(url: string, context: PageContext): string {
  if (!url.startsWith('/')) return url;
  const [, path = '', rest = ''] = /^\/([^?#]*)(.*)$/s.exec(url) ?? [];
  const isFolder = path === '' || path.endsWith('/');
  return (isFolder ? folderHref(path, context) : context.root + path) + rest;
}
