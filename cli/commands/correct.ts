import { type Corrections, correctArticle, readCorrections } from '../actions/correct.ts';
import { withDeployment } from '../deployment/deployment.ts';
import { terminalDialogue } from '../output/dialogue.ts';
import type { ChangeOptions } from './withdraw.ts';

/** `copydesk correct`: corrects the fields of a story, but not its text, which is corrected in its file. */
export async function correct(name: string, options: ChangeOptions & Corrections): Promise<number> {
  // A mistake in the options is reported before a deployment is looked for.
  readCorrections(options);
  return await withDeployment(options, deployment =>
    correctArticle(deployment, name, options, terminalDialogue(options)),
  );
}
