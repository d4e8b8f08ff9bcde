import { CopydeskError } from '../../../shared/errors/errors.ts';
import { type Check, type Examined, fail, ok, undoByHand } from '../machine/check.ts';
import { functionNames } from './names.ts';
import { probed } from './probed.ts';

const ABOUT = 'permissions';

/** Checks that the functions start, and that AWS lets them do each kind of read and write of their roles. */
export async function permissions(
  deployment: Pick<Examined, 'clients' | 'outputs' | 'stackName'>,
): Promise<Check[]> {
  const found = await Promise.all(functionNames(deployment).map(name => ofFunction(name, deployment)));
  return found.flat();
}

async function ofFunction(
  name: string,
  deployment: Pick<Examined, 'clients' | 'stackName'>,
): Promise<Check[]> {
  try {
    const { tried, faults } = await probed(name, deployment);
    if (faults.length === 0) return [ok(ABOUT, `${name} may do what it does: ${tried} calls tried`)];
    return faults.map(({ action, resource, message }) =>
      fail(ABOUT, `${name} failed to do ${action} on ${resource}: ${message}`, undoByHand(deployment)),
    );
  } catch (error) {
    if (!(error instanceof CopydeskError)) throw error;
    return [fail(ABOUT, error.message, undoByHand(deployment))];
  }
}
