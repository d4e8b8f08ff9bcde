import type { IncomingMessage } from 'node:http';
import { type Article, type ArticleRecord, isArticle } from '../../shared/model/article.ts';
import type { Settings } from '../../shared/settings/settings.ts';
import { lookAt } from '../actions/look-at.ts';
import { awsTrouble } from '../deployment/aws-trouble.ts';
import type { Deployment, DeploymentOptions } from '../deployment/deployment.ts';
import { findRecord } from '../deployment/find.ts';
import { NotConfirmed } from '../output/ask.ts';
import { EXIT } from '../output/exit-codes.ts';
import { UsageError } from '../output/usage-error.ts';
import type { Preview } from '../preview/preview-page.ts';
import { storedPreview } from '../preview/stored-story.ts';
import { commandLine } from './backend/command-line.ts';
import { DESK_ACTIONS } from './backend/desk-actions.ts';
import { FailedMessages } from './backend/failed-messages.ts';
import { type Batch, fileForm, wordsOf } from './backend/filed.ts';
import { pageDialogue } from './backend/page-dialogue.ts';
import { readForm } from './backend/sent-form.ts';
import { LISTED_STATUSES, readStories, type Selection } from './backend/stories.ts';
import { readVersion } from './backend/story-versions.ts';
import { wordDiff } from './backend/word-diff.ts';
import { changesPage } from './pages/changes-page.tsx';
import { filedPage, filingPage } from './pages/filing-page.tsx';
import type { Where } from './pages/frame.tsx';
import { type OutcomeProps, questionPage, troublePage } from './pages/outcome.tsx';
import { storiesPage } from './pages/stories-page.tsx';
import { storyPage } from './pages/story-page.tsx';

/** What the desk works on. */
export interface Desk {
  deployment: Deployment;
  /** The options that chose the deployment, for the shown commands. */
  options: DeploymentOptions;
  settings: Settings;
  /** Number of the AWS account. */
  account?: string | undefined;
}

/** The answer to a form. */
type Answer =
  | { location: string }
  | { page: string; status: number }
  | { json: { batch?: string; trouble?: string }; status: number };

/** Number of previews, outcomes and batches that are kept in memory, each. */
const MAX_KEPT = 50;
const MAX_PREVIEWS = 4;

/** The pages of a desk, and what its forms do. */
export function deskAnswers(desk: Desk, where: Where) {
  const { deployment, options, settings } = desk;
  const stopped = new AbortController();
  const outcomes = new Numbered<OutcomeProps>(MAX_KEPT);
  const batches = new Numbered<Batch>(MAX_KEPT);
  const failed = new FailedMessages(deployment);
  const previews = new Map<string, Promise<Preview>>();

  /** The preview of a record, which is made once for each version of the record. */
  const previewOf = (record: ArticleRecord): Promise<Preview> => {
    const name = `${record.id} ${record.version}`;
    const known = previews.get(name);
    if (known !== undefined) return known;
    const made = storedPreview(deployment, record, settings);
    previews.set(name, made);
    // A preview that failed is made again.
    made.catch(() => previews.delete(name));
    for (const old of [...previews.keys()].slice(0, -MAX_PREVIEWS)) previews.delete(old);
    return made;
  };
  const recordOf = (id: string) => findRecord(deployment, id);

  return {
    /** Ends the waiting for filed files. */
    stop: () => stopped.abort(),

    async stories(query: URLSearchParams): Promise<string> {
      const selection = selectionOf(query);
      const now = Date.now();
      const list = await readStories(deployment, selection, () => failed.rows(now), now);
      return storiesPage({ where, selection, list, outcome: outcomes.get(query.get('done') ?? '') });
    },

    async story(id: string, done: string): Promise<string> {
      const record = await recordOf(id);
      const [shown, preview] = await Promise.all([
        lookAt(deployment, record),
        // Whatever a file does to the preview, its story can be held or withdrawn.
        previewOf(record).catch((error: unknown) => ({
          trouble: (awsTrouble(error) ?? (error as Error)).message,
        })),
      ]);
      return storyPage({ where, shown, preview, outcome: outcomes.get(done) });
    },

    async look(id: string, path: string) {
      return (await previewOf(await recordOf(id))).files.get(path);
    },

    async changes(id: string, from: string, to: string): Promise<string> {
      const record = await recordOf(id);
      const [before, after] = await Promise.all(
        [from, to].map(version => readVersion(deployment, record, version, settings)),
      );
      const [old, next] = [before?.article, after?.article];
      const reason = before?.reason ?? after?.reason;
      const compared = (a = '', b = '') => wordDiff(a, b, next?.language ?? 'en');
      return changesPage(where, {
        record,
        headline: compared(old?.headline, next?.headline),
        body: compared(old?.bodyText, next?.bodyText),
        reason,
        times: [before?.at, after?.at],
      });
    },

    async filing(prefix: string): Promise<string> {
      return filingPage(where, prefix);
    },

    async filed(batch: string): Promise<string | undefined> {
      const found = batches.get(batch);
      if (found === undefined) return undefined;
      const idOf = (key: string) => deployment.articles.idOf(key);
      return filedPage(where, found, idOf, commandLine(wordsOf(found), options));
    },

    /** Runs the action of a button. */
    async act(request: IncomingMessage): Promise<Answer> {
      const { fields } = await readForm(request);
      const { action: name = '', confirmed, ...given } = fields;
      const action = DESK_ACTIONS.get(name);
      if (action === undefined) throw new UsageError('The desk has no such button.');
      const before = given.article ? await articleOf(given.article, recordOf) : undefined;
      const order = { action: name, fields: before ? { ...given, article: nameOf(before) } : given };
      const line = commandLine(action.words(order.fields, before), options);
      const back = given.article ? `story?id=${encodeURIComponent(given.article)}` : './';
      const dialogue = pageDialogue(confirmed === 'yes' || action.isUnasked === true);
      try {
        const run = () => action.run(deployment, order.fields, before, dialogue);
        const code = await (action.isOnMessages ? failed.exclusively(run) : run());
        const undo = before && code === EXIT.ok ? action.undo?.(order.fields, before) : undefined;
        const done = outcomes.add({
          line,
          said: dialogue.lines,
          isWhole: code === EXIT.ok,
          ...(undo && { undo: { ...undo, fields: { ...undo.fields, article: given.article ?? '' } } }),
        });
        return { location: `${back}${back.includes('?') ? '&' : '?'}done=${done}` };
      } catch (error) {
        if (error instanceof NotConfirmed) {
          const page = questionPage(where, {
            ...{ question: dialogue.question ?? '', line, back },
            order: { action: name, fields: given },
          });
          return { page, status: 200 };
        }
        const told = awsTrouble(error) ?? error;
        if (!(told instanceof UsageError)) throw error;
        return { page: troublePage(where, told.message, back), status: 400 };
      }
    },

    /** Files the files of a form. The script asks for JSON. */
    async file(request: IncomingMessage): Promise<Answer> {
      const isScript = request.headers.accept === 'application/json';
      let prefix = '';
      try {
        const form = await readForm(request);
        prefix = form.fields.prefix ?? '';
        const known = batches.get(form.fields.batch ?? '');
        const batch = known ?? { id: 0, prefix: '', options: {}, files: [] };
        await fileForm(deployment, form, batch, stopped.signal);
        if (known === undefined) batch.id = batches.add(batch);
        return isScript
          ? { json: { batch: String(batch.id) }, status: 200 }
          : { location: `filed?batch=${batch.id}` };
      } catch (error) {
        const told = awsTrouble(error) ?? error;
        if (!(told instanceof UsageError)) throw error;
        return isScript
          ? { json: { trouble: told.message }, status: 400 }
          : { page: filingPage(where, prefix, told.message), status: 400 };
      }
    },
  };
}

async function articleOf(
  id: string,
  recordOf: (id: string) => Promise<ArticleRecord>,
): Promise<Article | undefined> {
  const record = await recordOf(id);
  return isArticle(record) ? record : undefined;
}

/** The name of an article in a command. A key that looks like an option does not work there. */
function nameOf({ id, source: { key } }: Article): string {
  return key.startsWith('-') ? id : key;
}

function selectionOf(query: URLSearchParams): Selection {
  const status = query.get('status') ?? '';
  const page = Number(query.get('page') ?? 1);
  return {
    status: LISTED_STATUSES.find(name => name === status),
    section: query.get('section') || undefined,
    words: (query.get('q') ?? '').trim().slice(0, 200),
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
}

/** Values that are kept for a while under numbers. The oldest ones are forgotten. */
class Numbered<T> {
  readonly #values = new Map<string, T>();
  readonly #most: number;
  #last = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Returns the number of the value. */
  add(value: T): number {
    this.#values.set(String(++this.#last), value);
    this.#values.delete(String(this.#last - this.#most));
    return this.#last;
  }

  get(number: string): T | undefined {
    return this.#values.get(number);
  }
}
