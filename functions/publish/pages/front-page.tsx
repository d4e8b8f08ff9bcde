import { HISTORY_FOLDER, renderPage } from '../components/document.tsx';
import { editionHref, folderHref, type Navigation, pageContext } from '../components/links.ts';
import { labelAttributesOf, localizerOf } from '../components/localizer.ts';
import type { PartProps } from '../components/pieces.tsx';
import {
  EDITION_FILES,
  editionAddresses,
  editionDescription,
  editionFeeds,
  editionTitle,
} from '../content/addresses.ts';
import { editionName } from '../content/sections.ts';
import type { EditionContent } from '../feeds/prepare.ts';
import { type EditionOf, editionFolder } from '../model/edition-of.ts';
import type { Site } from '../model/site.ts';
import { arrange } from './front-order.ts';
import { ListPages } from './list-page.tsx';
import { Earlier, SectionLists, Stories } from './stories.tsx';
import { editionData, JsonLd } from './structured-data.tsx';

/** The page of an edition: its stories, the addresses of its feeds, and a link to the history. */
export function frontPage({ of, entries, lead, list }: EditionContent, site: Site, nav: Navigation): string {
  const context = pageContext(editionFolder(of, site) + EDITION_FILES.page, site, nav);
  const localizer = localizerOf([site.language], site.timeZone);
  const shown = (lead ? [lead, ...entries.filter(({ id }) => id !== lead.id)] : entries).slice(
    0,
    site.feedEntries,
  );
  const description = editionDescription(of, site);
  const address = editionAddresses(of, site).page;
  const { top, river, opinion, rest } = arrange(shown, of, site);
  const part = { of, context, page: localizer };
  const labelAttributes = labelAttributesOf(localizer);
  const props = { of, context, localizer, labelAttributes };
  const isShown = new Set([...top, ...river, ...opinion, ...rest].map(({ id }) => id));
  const open = (list?.open ?? []).filter(({ id }) => !isShown.has(id));
  return renderPage({
    language: localizer.language,
    direction: localizer.direction,
    context,
    title: of.kind === 'all' ? site.title : `${editionName(of, site)} | ${site.title}`,
    description,
    // A page without stories stays for readers who have its address. Search engines should not index it.
    canonical: of.kind === 'all' || shown.length > 0 ? address : undefined,
    edition: of,
    card: {
      type: of.kind === 'author' ? 'profile' : 'website',
      title: editionTitle(of, site),
      description,
      address,
      language: site.language,
    },
    head: (
      <JsonLd data={editionData(of, shown, site, { address, title: editionTitle(of, site), description })} />
    ),
    children: (
      <div class={of.kind === 'all' ? 'front home' : 'front'}>
        <Heading {...props} />
        {shown.length === 0 && <Nothing {...props} />}
        <Stories entries={top} rank="top" {...part} />
        <Stories entries={river} rank="river" {...part} />
        <div class={river.length > 0 ? 'rail' : 'rail below'}>
          <Stories entries={opinion} rank="opinion" {...part} />
          {(of.kind !== 'all' || (site.front?.subscribe ?? true)) && <Subscribe {...props} />}
        </div>
        {of.kind === 'all' ? (
          <SectionLists entries={rest} {...part} />
        ) : (
          <Earlier entries={rest} open={open} {...part} />
        )}
        {list && <ListPages of={of} pages={list.pages} context={context} localizer={localizer} />}
        {shown.length > 0 && (
          <p class="older">
            <a href={folderHref(HISTORY_FOLDER, context)} {...labelAttributes}>
              {localizer.labels.history}
            </a>
          </p>
        )}
      </div>
    ),
  });
}

type EditionProps = PartProps & { of: EditionOf };

function Heading({ of, context: { site }, localizer: { labels }, labelAttributes }: EditionProps) {
  if (of.kind === 'all') {
    // The description that Copydesk gives a site without one is for search engines. It tells readers nothing.
    const isOwn = site.description && site.description !== labels.description && !site.tagline;
    return (
      <header class="front-heading">
        <h1 class="visually-hidden">{site.title}</h1>
        {isOwn && <p dir="auto">{site.description}</p>}
      </header>
    );
  }
  return (
    <header class="front-heading named">
      <p class="kicker" {...labelAttributes}>
        {labels[of.kind]}
      </p>
      <h1>
        <bdi>{editionName(of, site)}</bdi>
      </h1>
    </header>
  );
}

function Nothing({ of, context, localizer: { labels }, labelAttributes }: EditionProps) {
  return (
    <div class="nothing" {...labelAttributes}>
      <p>{of.kind === 'all' ? labels.nothingYet : labels.nothingHere}</p>
      {of.kind !== 'all' && (
        <p>
          <a href={editionHref({ kind: 'all' }, context)}>{labels.readLatest}</a>
        </p>
      )}
    </div>
  );
}

/** Where readers subscribe. The heading names the edition, so that links to different pages have different names. */
function Subscribe({ of, context: { site }, localizer: { labels }, labelAttributes }: EditionProps) {
  return (
    <aside class="subscribe" aria-labelledby="subscribe" {...labelAttributes}>
      <h2 id="subscribe">
        <a href={EDITION_FILES.subscribe}>
          {labels.subscribe}
          {of.kind !== 'all' && (
            <>
              {' · '}
              <bdi>{editionName(of, site)}</bdi>
            </>
          )}
        </a>
      </h2>
      <p>{labels.subscribeHow}</p>
      <ul>
        {editionFeeds(of, site).map(({ name, address }) => (
          <li>
            <a href={address}>{name}</a>
          </li>
        ))}
      </ul>
    </aside>
  );
}
