import { siteOf } from '../../functions/publish/model/site.ts';
import { type ArticleRecord, isArticle } from '../../shared/model/article.ts';
import type { Settings } from '../../shared/settings/settings.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { type Preview, previewOf } from './preview-page.ts';

/**
 * Makes the preview of a record that a deployment holds: held, scheduled, live or rejected. It only reads the deployment.
 * The page is made from the record, which can differ from its file, and what was left out is read from the file.
 * @param now the clock: RFC 3339, UTC. Default: that of the system
 */
export async function storedPreview(
  deployment: Pick<Deployment, 'intake' | 'storage' | 'outputs'>,
  record: ArticleRecord,
  settings: Settings,
  now?: () => string,
): Promise<Preview> {
  const { intake, storage, outputs } = deployment;
  const { key, memberOf, versionId } = record.source;
  const fileKey = memberOf ?? key;
  // The version of a member is that of its zip.
  const object = (await intake.get(fileKey, { versionId })) ?? (await intake.get(fileKey));
  const file = object && { key: fileKey, ...object };
  const preview = { settings: ofDeployment(settings, outputs), baseUrl: outputs.site, nearby: intake, now };
  if (!isArticle(record)) {
    if (file === undefined) return { record, members: [], files: new Map() };
    return { ...(await previewOf(file, preview)), record, page: undefined };
  }
  const body = record.bodyKey === undefined ? undefined : (await storage.get(record.bodyKey))?.bytes;
  return previewOf(file, preview, { record, body });
}

/** The settings with the namespace and the address of the deployment, which make the ids and the links of its stories. */
function ofDeployment(settings: Settings, { namespace, site }: Deployment['outputs']): Settings {
  const { baseUrl } = siteOf(settings, site);
  return {
    ...settings,
    site: { ...settings.site, baseUrl },
    articles: { ...settings.articles, namespace },
  };
}
