import {
  LISTED_STATUSES,
  SEARCHED_STORIES,
  type Selection,
  type StoryList,
  type StoryRow,
} from '../backend/stories.ts';
import { Hidden, Instant, Live, renderDeskPage, Status, type Where } from './frame.tsx';
import { Outcome, type OutcomeProps } from './outcome.tsx';

interface StoriesProps {
  where: Where;
  selection: Selection;
  list: StoryList;
  outcome?: OutcomeProps | undefined;
}

/** The list of stories. What waits for an editor stands before the others. */
export function storiesPage({ where, selection, list, outcome }: StoriesProps): string {
  const { waiting, rows, hasMore } = list;
  const { words, page } = selection;
  const isEmpty = waiting.length + rows.length === 0;
  return renderDeskPage({
    where,
    title: 'Stories',
    part: 'stories',
    children: (
      <>
        <h1>Stories</h1>
        {outcome && <Outcome {...outcome} />}
        {(!isEmpty || isFiltered(selection)) && <Filters selection={selection} sections={list.sections} />}
        <Live where={where} isStill={isExpensive(selection)}>
          {waiting.length > 0 && (
            <section aria-labelledby="waiting">
              <h2 id="waiting">Waiting</h2>
              <Table rows={waiting} timeZone={where.timeZone} label="waiting" />
            </section>
          )}
          {rows.length > 0 && (
            <section aria-labelledby="stories">
              <h2 id="stories">{headingOf(selection)}</h2>
              <Table rows={rows} timeZone={where.timeZone} label="stories" />
            </section>
          )}
          {isEmpty && <Empty selection={selection} />}
        </Live>
        <p class="pages">
          {page > 1 && <a href={hrefOf({ ...selection, page: page - 1 })}>Newer stories</a>}
          {hasMore && <a href={hrefOf({ ...selection, page: page + 1 })}>Older stories</a>}
          <a href={hrefOf(selection)} class="reload">
            Look again
          </a>
        </p>
        {words !== '' && (
          <p class="soft">The search looks at the headlines of the newest {SEARCHED_STORIES} stories.</p>
        )}
      </>
    ),
  });
}

function headingOf({ status, section, words }: Selection): string {
  const what = status === undefined ? 'Live' : `${status.charAt(0).toUpperCase()}${status.slice(1)}`;
  return [what, section && `in ${section}`, words && `with “${words}”`].filter(Boolean).join(' ');
}

/** Whether a list reads thousands of records, or the whole table. */
function isExpensive({ status, words, page }: Selection): boolean {
  return status === 'withdrawn' || status === 'duplicate' || words !== '' || page > 1;
}

function isFiltered({ status, section, words, page }: Selection): boolean {
  return status !== undefined || section !== undefined || words !== '' || page > 1;
}

function Empty({ selection }: { selection: Selection }) {
  if (isFiltered(selection))
    return (
      <p class="empty">
        No story is like this. <a href="./">Show all stories</a>
      </p>
    );
  return (
    <div class="empty">
      <p>
        <strong>No stories yet: drop a file here</strong>
      </p>
      <p>
        or <a href="file">file one</a>. A Word document, a text, a web page, a mail and a picture will do.
      </p>
    </div>
  );
}

/** The address of a selection. */
function hrefOf({ status, section, words, page }: Selection): string {
  const query = new URLSearchParams({
    ...(status && { status }),
    ...(section && { section }),
    ...(words && { q: words }),
    ...(page > 1 && { page: String(page) }),
  }).toString();
  return query === '' ? './' : `./?${query}`;
}

function Filters({ selection, sections }: { selection: Selection; sections: readonly string[] }) {
  const { status, section, words } = selection;
  return (
    <form class="filters" method="get" action="./">
      {status && <Hidden fields={{ status }} />}
      <nav aria-label="Status">
        <ul>
          {[undefined, ...LISTED_STATUSES].map(name => (
            <li>
              <a
                href={hrefOf({ ...selection, status: name, page: 1 })}
                aria-current={status === name ? 'true' : undefined}
              >
                {name ?? 'all'}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <label>
        Section
        <select name="section">
          <option value="">all</option>
          {[...new Set([...sections, ...(section ? [section] : [])])].map(name => (
            <option value={name} selected={name === section}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Words of the headline
        <input type="search" name="q" value={words} />
      </label>
      <button type="submit">Search</button>
    </form>
  );
}

function Table({ rows, timeZone, label }: { rows: readonly StoryRow[]; timeZone: string; label: string }) {
  return (
    <table class="stories" aria-labelledby={label}>
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Story</th>
          <th scope="col">Section</th>
          <th scope="col">Time</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <Row row={row} timeZone={timeZone} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, timeZone }: { row: StoryRow; timeZone: string }) {
  const { status, id, title, key, section, at, reason, warnings, deadLetter } = row;
  const href = id === undefined ? undefined : `story?id=${id}`;
  return (
    <tr>
      <td>
        <Status status={status} />
      </td>
      <td>
        <span class="headline">
          <bdi>{href && status !== 'failed' ? <a href={href}>{title}</a> : title}</bdi>
        </span>
        {title !== key && <span class="key">{key}</span>}
        {reason && <span class={`reason ${status}`}>{reason}</span>}
        {warnings.length > 0 && (
          <span class="warnings">{warnings.length === 1 ? '1 note' : `${warnings.length} notes`}</span>
        )}
        {status === 'failed' && (
          <span class="row-actions">
            <form method="post" action="do">
              <Hidden fields={{ action: 'retry', ...(deadLetter && { name: deadLetter }) }} />
              <button type="submit">Try again</button>
            </form>
            {deadLetter && (
              <form method="post" action="do">
                <Hidden fields={{ action: 'discard', name: deadLetter }} />
                <button type="submit" class="quiet">
                  Discard
                </button>
              </form>
            )}
          </span>
        )}
      </td>
      <td>{section && <bdi>{section}</bdi>}</td>
      <td class="time">
        <Instant at={at} timeZone={timeZone} />
      </td>
    </tr>
  );
}
