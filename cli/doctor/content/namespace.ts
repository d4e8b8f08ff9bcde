import { otherNamespace } from '../../deployment/namespace.ts';
import { type Check, type Examined, fail, ok } from '../machine/check.ts';

/**
 * Checks that the ids of the newest article, and of one of the oldest month, are made from the namespace of the
 * deployment. Articles of both kinds mean that the namespace was changed later.
 */
export async function namespace({ articles }: Pick<Examined, 'articles'>): Promise<Check> {
  const about = 'namespace';
  const oldest = (await articles.months()).at(-1);
  const ids = await articles.newest(1);
  if (oldest !== undefined)
    for await (const id of articles.month(oldest)) {
      ids.push(id);
      break;
    }
  for (const record of (await articles.getMany(ids)).values()) {
    const other = otherNamespace(record, articles);
    if (other !== undefined) return fail(about, other.says, other.todo);
  }
  return ok(about, `ids are made from "${articles.namespace}"`);
}
