import { head } from '../../functions/ingest/text/characters.ts';
import { languageAttributes } from '../../functions/publish/components/text-language.ts';
import { type ArticleRecord, isArticle } from '../../shared/model/article.ts';
import { otherWarnings } from '../output/waiting.ts';
import type { PreviewedStory } from './preview-page.ts';
import {
  factsOf,
  groupRemovals,
  publicationOf,
  type RemovalGroup,
  type StoryOrigin,
  statusWords,
  titleOf,
  warningCount,
} from './story-words.ts';

const PANEL_LANGUAGE = { language: 'en', direction: 'ltr' } as const;

/** Maximum length of a text that was left out, in characters. */
const MAX_REMOVED_CHARS = 600;

/** What an editor checks beside the page of a story: when it is public, its facts, warnings, and what was left out. */
export function StoryPanel(props: { story: PreviewedStory; origin: StoryOrigin; timeZone: string }) {
  const { record, removals } = props.story;
  const warnings = 'warnings' in record ? otherWarnings(record) : [];
  return (
    <>
      <h1 {...attributesOf(record)}>{titleOf(record)}</h1>
      <p class="publication">
        <StatusBadge record={record} origin={props.origin} />{' '}
        {publicationOf(record, props.origin, props.timeZone)}
      </p>
      {warnings.length > 0 && (
        <section class="warnings" aria-labelledby="warnings">
          <h2 id="warnings">{warningCount(record)}</h2>
          <ul>
            {warnings.map(warning => (
              <li>{warning}</li>
            ))}
          </ul>
        </section>
      )}
      {isArticle(record) && (
        <dl>
          {factsOf(record, props.timeZone).map(([name, value]) => (
            <div>
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {isArticle(record) && removals && <LeftOut groups={groupRemovals(removals)} record={record} />}
    </>
  );
}

/** The status of a record in words, with a colour. */
export function StatusBadge({ record: { status }, origin }: { record: ArticleRecord; origin: StoryOrigin }) {
  return <span class={`status ${status}`}>{statusWords(status, origin)}</span>;
}

/** Language and direction of an article's own words, within the panel. */
export function attributesOf(record: ArticleRecord) {
  return isArticle(record) ? languageAttributes(record, PANEL_LANGUAGE) : {};
}

function LeftOut({ groups, record }: { groups: readonly RemovalGroup[]; record: ArticleRecord }) {
  const count = groups.reduce((sum, { texts }) => sum + texts.length, 0);
  return (
    <section class="left-out" aria-labelledby="left-out">
      <h2 id="left-out">Left out</h2>
      {count === 0 && <p>Nothing was left out.</p>}
      {groups.map(({ step, why, texts }) => (
        <details open={count <= MAX_OPEN_TEXTS}>
          <summary>
            {texts.length > 1 ? `${why} (${texts.length})` : why} <span class="step">{step}</span>
          </summary>
          <ul {...attributesOf(record)}>
            {texts.map(text => (
              <li>{text.length > MAX_REMOVED_CHARS ? `${head(text, MAX_REMOVED_CHARS)}…` : text}</li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

/** Maximum number of texts that are shown without being opened. */
const MAX_OPEN_TEXTS = 8;
