import { NotConfirmed } from '../../output/ask.ts';
import type { Dialogue } from '../../output/dialogue.ts';
import { EXIT } from '../../output/exit-codes.ts';

/** A line that an action printed. */
export interface DialogueLine {
  text: string;
  /** `note`: a note or a problem. */
  kind: 'result' | 'note';
}

/** The dialogue of an action with a page. */
export interface PageDialogue extends Dialogue {
  lines: DialogueLine[];
  /** The question that stopped the action. */
  question: string | undefined;
}

/** Escape sequences of colours. The command of the desk runs in a terminal, so texts can have them. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');

/**
 * Collects what an action prints.
 * @param isConfirmed whether the person has said yes. Without it, a question stops the action with {@link NotConfirmed}
 */
export function pageDialogue(isConfirmed: boolean): PageDialogue {
  const lines: DialogueLine[] = [];
  const add = (kind: DialogueLine['kind'], text: string) =>
    void lines.push({ kind, text: text.replace(COLOURS, '') });
  const dialogue: PageDialogue = {
    lines,
    question: undefined,
    result(_, text) {
      if (text !== undefined) add('result', text);
    },
    text: line => add('result', line),
    note: line => add('note', line),
    async confirm(what) {
      if (isConfirmed) return;
      dialogue.question = what;
      throw new NotConfirmed(EXIT.someFailed);
    },
  };
  return dialogue;
}
