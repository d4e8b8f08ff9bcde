import { changeEach } from '../actions/change-each.ts';
import { type BulkOptions, bulkCommand, isBulk } from '../bulk/bulk-command.ts';
import { withDeployment } from '../deployment/deployment.ts';
import { findArticles } from '../deployment/find.ts';
import { rebuildResult, rebuildSite } from '../deployment/orders.ts';
import { terminalDialogue } from '../output/dialogue.ts';
import { elapsed } from '../output/elapsed.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { UsageError } from '../output/usage-error.ts';
import type { ChangeOptions } from './withdraw.ts';

/**
 * `copydesk publish`: publishes articles again: single ones, all of them, or those of a section or since an instant. Or
 * does the daily check of the site now.
 */
export async function publish(
  names: readonly string[],
  options: ChangeOptions & BulkOptions & { rebuild?: boolean },
): Promise<number> {
  const isOfMany = isBulk(names, options);
  if (names.length === 0 && !options.rebuild && !isOfMany)
    throw new UsageError(
      'Name the articles to publish anew, or give --all for every article, or --rebuild for the daily check.',
    );
  if (options.rebuild && (names.length > 0 || isOfMany))
    throw new UsageError('Choose one: --rebuild, --all, or the articles that are named.');
  return await withDeployment(options, async deployment => {
    if (isOfMany) return await bulkCommand('publish', options, deployment);
    const dialogue = terminalDialogue(options);
    if (names.length > 0) {
      const articles = await findArticles(deployment, names);
      // A write that changes only the version is enough to make a change record.
      return await changeEach(deployment, articles, article => article, {
        ...{ verb: 'ordered', shown: 'and on the site', wait: options.wait, dialogue },
      });
    }
    const timer = elapsed('Rebuilding the site');
    const done = await rebuildSite(deployment).finally(() => timer.stop());
    const { articles, views, files, failures, failed } = done;
    const did = `${articles} articles and ${views} editions and pages looked at, ${files} files written`;
    if (failures === 0) {
      dialogue.result(rebuildResult(done), `What was checked is what the table says: ${did}.`);
      return EXIT.ok;
    }
    dialogue.result(rebuildResult(done));
    for (const { subject, message } of failed) dialogue.note(`${printable(subject)}: ${printable(message)}`);
    dialogue.note(`${failures} could not be published, all else was: ${did}.`);
    return EXIT.someFailed;
  });
}
