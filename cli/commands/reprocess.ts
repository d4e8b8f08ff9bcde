import { PARSER_VERSION } from '../../functions/ingest/parse.ts';
import { type BulkOptions, bulkCommand, isBulk } from '../bulk/bulk-command.ts';
import { type NamedOptions, reprocessNamed } from '../bulk/reprocess-named.ts';
import { type DeploymentOptions, withDeployment } from '../deployment/deployment.ts';
import { UsageError } from '../output/usage-error.ts';

/**
 * `copydesk reprocess`: parses files again. Of all files, or of those of a section or since an instant, it takes those
 * whose records an older parser made. Named files are parsed again in any case.
 * @returns exit code 1 if a file could not be parsed again
 */
export async function reprocess(
  names: readonly string[],
  options: DeploymentOptions & BulkOptions & NamedOptions,
): Promise<number> {
  const isOfMany = isBulk(names, options);
  if (names.length === 0 && !isOfMany)
    throw new UsageError('Say what is to be parsed anew: keys, --section, --since, or --all.');
  return await withDeployment(options, deployment =>
    isOfMany
      ? bulkCommand('reprocess', options, deployment, PARSER_VERSION)
      : reprocessNamed(names, options, deployment),
  );
}
