import type { Article } from '../../../shared/model/article.ts';
import { dueInstant } from '../../../shared/model/schedule.ts';
import { type Corrections, correctArticle } from '../../actions/correct.ts';
import { holdArticles } from '../../actions/hold.ts';
import { releaseArticles } from '../../actions/release.ts';
import { restoreArticles } from '../../actions/restore.ts';
import { retryFailed } from '../../actions/retry-failed.ts';
import { withdrawArticles } from '../../actions/withdraw.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import type { Dialogue } from '../../output/dialogue.ts';

/** The fields of a form by name. */
export type Fields = Readonly<Record<string, string>>;

/** A form that can be sent: the action and its fields. */
export interface Order {
  action: string;
  fields: Fields;
}

/** A button of the desk: a command, and the action that the command runs. */
export interface DeskAction {
  /** The command and its arguments, without those that choose the deployment. */
  words(fields: Fields, before: Article | undefined): string[];
  run(
    deployment: Deployment,
    fields: Fields,
    before: Article | undefined,
    dialogue: Dialogue,
  ): Promise<number>;
  /** Without a question: the change can be undone, and shows nothing new to readers. */
  isUnasked?: boolean;
  /** The action works on failed messages, which a look at them hides. */
  isOnMessages?: boolean;
  /** What undoes the action. Undefined if nothing does. */
  undo?(fields: Fields, before: Article): Order | undefined;
}

/** The page shows by itself when the site follows. */
const NO_WAIT = { wait: false } as const;

/** The actions by name. */
export const DESK_ACTIONS: ReadonlyMap<string, DeskAction> = new Map([
  [
    'release',
    {
      words: ({ article = '' }) => ['release', article, '--no-wait', '--yes'],
      run: (deployment, { article = '' }, _, dialogue) =>
        releaseArticles(deployment, [article], NO_WAIT, dialogue),
      undo: ({ article = '' }) => ({ action: 'hold', fields: { article } }),
    },
  ],
  [
    'hold',
    {
      words: ({ article = '', reason }) => [
        'hold',
        article,
        ...option('--reason', reason),
        '--no-wait',
        '--yes',
      ],
      run: (deployment, { article = '', reason }, _, dialogue) =>
        holdArticles(deployment, [article], { reason, ...NO_WAIT }, dialogue),
      isUnasked: true,
      undo: ({ article = '' }) => ({ action: 'release', fields: { article } }),
    },
  ],
  [
    'withdraw',
    {
      words: ({ article = '', reason, nameIt }) => [
        'withdraw',
        article,
        ...option('--reason', reason),
        ...(nameIt ? ['--name-it'] : []),
        '--no-wait',
        '--yes',
      ],
      run: (deployment, { article = '', reason, nameIt }, _, dialogue) =>
        withdrawArticles(
          deployment,
          [article],
          { ...(reason && { reason }), nameIt: Boolean(nameIt), ...NO_WAIT },
          dialogue,
        ),
      undo: ({ article = '' }) => ({ action: 'restore', fields: { article } }),
    },
  ],
  [
    'restore',
    {
      words: ({ article = '' }) => ['restore', article, '--no-wait', '--yes'],
      run: (deployment, { article = '' }, _, dialogue) =>
        restoreArticles(deployment, [article], NO_WAIT, dialogue),
    },
  ],
  [
    'correct',
    {
      words: (fields, before) => [
        'correct',
        fields.article ?? '',
        ...Object.entries(changed(fields, before)).flatMap(([name, text]) => [OPTIONS[name] ?? '', text]),
        '--no-wait',
        '--yes',
      ],
      run: (deployment, fields, before, dialogue) =>
        correctArticle(
          deployment,
          fields.article ?? '',
          { ...changed(fields, before), ...NO_WAIT },
          dialogue,
        ),
      isUnasked: true,
      undo: undoCorrection,
    },
  ],
  [
    'retry',
    {
      words: ({ name }) => ['retry', ...(name ? [name] : []), '--yes'],
      run: (deployment, { name }, _, dialogue) => retryFailed(deployment, name ? [name] : [], {}, dialogue),
      isUnasked: true,
      isOnMessages: true,
    },
  ],
  [
    'discard',
    {
      words: ({ name = '' }) => ['retry', name, '--discard', '--yes'],
      run: (deployment, { name = '' }, _, dialogue) =>
        retryFailed(deployment, [name], { discard: true }, dialogue),
      isOnMessages: true,
    },
  ],
] satisfies [string, DeskAction][]);

/** The fields of the form of corrections, each with the option of `correct`. */
const OPTIONS: Readonly<Record<string, string>> = {
  headline: '--headline',
  dek: '--dek',
  byline: '--byline',
  section: '--section',
  tags: '--tags',
  summary: '--summary',
  note: '--note',
  publishAt: '--publish-at',
} satisfies Record<keyof Corrections, string>;

/** What the form of corrections shows of an article. */
export function correctable(article: Article): Required<Corrections> {
  const { headline, dek = '', authors, section, tags, summary, correction = '', status } = article;
  const waits = status === 'scheduled' || status === 'held';
  return {
    headline,
    dek,
    byline: authors.map(({ name }) => name).join(', '),
    section,
    tags: tags.join(', '),
    summary,
    note: correction,
    publishAt: waits ? dueInstant(article) : '',
  };
}

/** The corrections of a form that differ from the article. A form sends all of its fields. */
function changed(fields: Fields, before: Article | undefined): Corrections {
  const shown: Fields | undefined = before && { ...correctable(before) };
  return Object.fromEntries(
    Object.keys(OPTIONS).flatMap(name => {
      const text = fields[name]?.replace(/\s+/g, ' ').trim();
      if (text === undefined || text === shown?.[name]?.replace(/\s+/g, ' ').trim()) return [];
      // The form shows the time in the zone of the newsroom.
      if (name === 'publishAt' && text !== '' && text === fields.shownPublishAt) return [];
      // An empty time means that the story waits for none.
      if (name === 'publishAt' && text === '') return shown?.publishAt ? [[name, 'none']] : [];
      return [[name, text]];
    }),
  );
}

/** The fields as they were, except a time of publication: a story that became public cannot wait again. */
function undoCorrection(fields: Fields, before: Article): Order | undefined {
  const shown: Fields = { ...correctable(before) };
  const names = Object.keys(changed(fields, before)).filter(name => name !== 'publishAt');
  if (names.length === 0) return undefined;
  const old = Object.fromEntries(names.map(name => [name, shown[name] ?? '']));
  return { action: 'correct', fields: { article: fields.article ?? '', ...old } };
}

function option(name: string, text: string | undefined): string[] {
  return text ? [name, text] : [];
}
