import { COMMANDS, ERROR_CODES } from '../shared/errors/error-codes.ts';
import { REJECTION_CODES } from '../shared/model/article.ts';

const HEAD = `# Error codes

<!-- Made by \`npm run docs\` from shared/errors/error-codes.ts: change that. -->

For operators. This page answers what a code means in a log line, in a record, or in \`copydesk failures\`, and what to do about it.

- *Rejected*: the file can never become an article. Its record has the reason. Nothing is tried again.
- *Retried*: the message comes again after 2 seconds, then after longer pauses. It is parked after eight tries. Lambda repeats a change that cannot be
  published ([runbook](runbook.md#changes-could-not-be-published)).
- *Parked*: it cannot succeed by itself. The message goes to the dead-letter queue at once, with its code and reason.
- *Told*: a command says it in one sentence and ends.

Lines of codes with high severity have the level \`ERROR\`, others \`WARN\`. A line has the code, the message, the subject (an object or an item), the causes, and, for
a fault of Copydesk, the stack. [The runbook](runbook.md#logs) has the commands that print them.
`;

/** Makes `docs/errors.md`, the table of error codes. */
export function errorsPage(): string {
  const rejections: readonly string[] = REJECTION_CODES;
  const rows = Object.entries(ERROR_CODES).map(([code, { retryable, severity, meaning, action }]) => {
    const outcome = rejections.includes(code)
      ? 'rejected'
      : code in COMMANDS
        ? 'told'
        : retryable
          ? 'retried'
          : 'parked';
    return [`\`${code}\``, outcome, severity, meaning, action];
  });
  const head = ['code', 'then', 'severity', 'meaning', 'what to do'];
  const lines = [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`);
  return `${HEAD}\n${lines.join('\n')}\n`;
}
