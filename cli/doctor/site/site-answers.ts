import { type Check, type Examined, fail, ok, warn } from '../machine/check.ts';

/** Maximum wait for an answer of the site. */
const SITE_TIMEOUT_MS = 10_000;

/** Checks that readers can reach the site: DNS, certificate, distribution and feed together. */
export async function siteAnswers({ outputs }: Pick<Examined, 'outputs'>): Promise<Check> {
  const about = 'site';
  if (!/^https?:/.test(outputs.site))
    return warn(about, 'it has no address', 'Set site.baseUrl to the address under which readers reach it.');
  const url = `${outputs.site}/feed.json`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(SITE_TIMEOUT_MS), redirect: 'manual' });
    await response.body?.cancel();
    if (response.ok) return ok(about, `${url} answers`);
    return fail(
      about,
      `${url} answers ${response.status}`,
      response.status === 403 || response.status === 404
        ? 'Nothing is published yet ("npx copydesk publish --all"), or the distribution may not read the site bucket ("npx copydesk doctor --drift").'
        : 'See the distribution in CloudFront, or your own CDN.',
    );
  } catch (error) {
    const { code, message } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    return fail(
      about,
      `${url} cannot be reached: ${code ?? message}`,
      code === 'ENOTFOUND'
        ? 'Its name is not in the DNS: point it at the distribution (output DistributionDomain).'
        : 'Is there a network, and does the certificate name this domain?',
    );
  }
}
