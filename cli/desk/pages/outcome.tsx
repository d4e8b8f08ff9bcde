import type { Order } from '../backend/desk-actions.ts';
import type { DialogueLine } from '../backend/page-dialogue.ts';
import { CommandLine, Hidden, renderDeskPage, type Where } from './frame.tsx';

/** What a command did. */
export interface OutcomeProps {
  line: string;
  said: readonly DialogueLine[];
  isWhole: boolean;
  /** The command that undoes it. */
  undo?: Order | undefined;
}

/** The outcome of a command above the page that shows it. */
export function Outcome({ line, said, isWhole, undo }: OutcomeProps) {
  return (
    <section class={isWhole ? 'outcome' : 'outcome trouble'} aria-label="What was done" role="status">
      {said.map(({ text, kind }) => (
        <p class={kind}>{text}</p>
      ))}
      {undo && (
        <form method="post" action="do">
          <Hidden fields={{ action: undo.action, ...undo.fields }} />
          <button type="submit" class="quiet">
            Undo
          </button>
        </form>
      )}
      <CommandLine line={line} label="This command was run" />
    </section>
  );
}

/** A question before a change that cannot be undone, or that readers see. The form of the answer has all fields again. */
export function questionPage(
  where: Where,
  { question, line, order, back }: { question: string; line: string; order: Order; back: string },
): string {
  return renderDeskPage({
    where,
    title: 'Are you sure?',
    children: (
      <section class="question">
        <h1>Are you sure?</h1>
        <p>{question}</p>
        <form method="post" action="do">
          <Hidden fields={{ ...order.fields, action: order.action, confirmed: 'yes' }} />
          <button type="submit" class="main">
            Yes, {order.action}
          </button>
          <a class="button" href={back}>
            No, go back
          </a>
        </form>
        <CommandLine line={line} label="“Yes” runs this command" />
      </section>
    ),
  });
}

/** A page with one sentence: what went wrong, and where to go on. */
export function troublePage(where: Where, sentence: string, back = './'): string {
  return renderDeskPage({
    where,
    title: 'That did not work',
    children: (
      <section class="outcome trouble" role="alert">
        <h1>That did not work</h1>
        <p>{sentence}</p>
        <p>
          <a href={back}>Go back</a>
        </p>
      </section>
    ),
  });
}
