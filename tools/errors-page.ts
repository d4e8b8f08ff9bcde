import { COMMANDS, ERROR_CODES } from '../shared/errors/error-codes.ts';
import { REJECTION_CODES } from '../shared/model/article.ts';

const HEAD = `# Error codes

<!-- Made by \`npm run docs\` from shared/errors/error-codes.ts: change that. -->

For operators who read a log line, a record, or \`copydesk failures\`, and want to know what a code means.

- *Rejected*: the file can never become an article. Its record has the reason; nothing is tried again.
- *Retried*: the message comes again after 2 seconds, then after longer and longer pauses, and is parked after eight tries. A
  change that cannot be published is repeated by Lambda ([runbook](runbook.md#changes-could-not-be-published)).
- *Parked*: it cannot succeed by itself. The message is put into the dead-letter queue at once, with its code and reason.
- *Told*: a command says it in one sentence and ends.

Lines of codes with high severity have the level \`ERROR\`, others \`WARN\`. A line has the code, the message, the subject (an
object, an item), the causes, and, for a fault of Copydesk itself, the stack.
`;

/** `docs/errors.md`: the table of error codes. */
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
