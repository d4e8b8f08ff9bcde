import { canonicalsOf } from '../../shared/duplicates/canonicals.ts';
import { type Article, type ArticleRecord, groupOf, isArticle } from '../../shared/model/article.ts';
import { type Appearance, appearanceOf } from '../deployment/appearance.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { type FileVersion, versionsOf } from '../deployment/versions.ts';

export interface Shown {
  record: ArticleRecord;
  versions: FileVersion[];
  /** Undefined for a record that is not an article. */
  published?: { url?: string | undefined; feeds: string[] };
  /** The canonical article of a duplicate: the one that is published, or whose kill covers the duplicate. */
  canonical?: ArticleRecord | undefined;
  /** Other members of the duplicate group, the oldest first. */
  duplicates: { id: string; key: string }[];
  similar?: ArticleRecord | undefined;
}

/** Maximum number of duplicates that are shown. A group can have thousands. */
const MAX_DUPLICATES_NAMED = 20;

/** Gathers what `copydesk show` shows of a record. */
export async function lookAt(deployment: Deployment, record: ArticleRecord): Promise<Shown> {
  const { clients, outputs, articles } = deployment;
  const { bucket, key, memberOf } = record.source;
  const [versions, appearance, canonicals, duplicates, similar] = await Promise.all([
    // The bucket holds the zip of a member, not the member.
    versionsOf(clients.s3, bucket, memberOf ?? key),
    isArticle(record) ? appearanceOf(deployment, record) : undefined,
    canonicalsOf(articles, [record]),
    isArticle(record) ? duplicatesOf(deployment, record) : [],
    isArticle(record) && record.nearDuplicateOf ? articles.get(record.nearDuplicateOf) : undefined,
  ]);
  return {
    record,
    versions,
    ...(appearance && isArticle(record) && { published: publication(record, appearance, outputs.site) }),
    canonical: canonicals.get(record.id),
    duplicates,
    similar,
  };
}

async function duplicatesOf({ articles }: Deployment, record: Article): Promise<Shown['duplicates']> {
  const members = await articles.groups.members(groupOf(record), MAX_DUPLICATES_NAMED + 1);
  const ids = members.map(({ id }) => id).filter(id => id !== record.id);
  const records = await articles.getMany(ids.slice(0, MAX_DUPLICATES_NAMED));
  return ids.flatMap(id => {
    const found = records.get(id);
    return found === undefined ? [] : [{ id, key: found.source.key }];
  });
}

function publication(record: Article, { page, editions }: Appearance, site: string): Shown['published'] {
  return {
    url: page === undefined ? undefined : `${site}/${encodeURI(record.permalink)}`,
    feeds: editions.map(({ feed }) => feed),
  };
}
