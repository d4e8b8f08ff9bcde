import { confirmed } from './ask.ts';
import { type ResultOptions, type Results, resultsTo } from './results.ts';
import { tell } from './say.ts';

/** Where an action prints its results and notes, and asks its questions: a terminal, or a page of the desk. */
export interface Dialogue extends Results {
  /** Prints a note or a problem. */
  note(line: string): void;
  /**
   * Asks for confirmation of a change.
   * @param what a sentence with the change and the deployment
   * @param asked `people`: only if a person can answer, so that scripts need no `--yes`
   * @throws an error if the answer is not yes. The action then changes nothing
   */
  confirm(what: string, asked?: 'people'): Promise<void>;
}

/** The dialogue of a command with its terminal, or with the program that runs it. */
export function terminalDialogue(options: ResultOptions & { yes?: boolean }): Dialogue {
  return {
    ...resultsTo(options),
    note: tell,
    async confirm(what, asked) {
      const isPerson = process.stdin.isTTY && process.stdout.isTTY;
      if (asked !== 'people' || isPerson) await confirmed(what, options);
    },
  };
}
