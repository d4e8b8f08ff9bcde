import type { RejectionCode } from '../model/article.ts';

/** Meaning and consequences of an error code. Handlers use `retryable`; alarms and logs use `severity`. */
interface ErrorFacts {
  /** The same work can succeed later without a change by a person. */
  retryable: boolean;
  /** `high`: copy is not published until an operator acts. `low`: the error ends by itself, or its author acts. */
  severity: 'high' | 'low';
  meaning: string;
  action: string;
}

type Row = (meaning: string, action: string) => ErrorFacts;
const row =
  (retryable: boolean, severity: ErrorFacts['severity']): Row =>
  (meaning, action) => ({ retryable, severity, meaning, action });

/** A retry will succeed. */
const passing = row(true, 'low');
/** A retry can succeed, but an operator must look for the cause. */
const alarming = row(true, 'high');
/** No retry can succeed before an operator acts. */
const broken = row(false, 'high');
/** No retry can succeed. The author of a file, or the person who typed a command, must act. */
const refused = row(false, 'low');

const MEND_FILE = 'Mend the file and upload it again under the same key.';

/** Codes of files that can never become an article. They are recorded with their reason, and are not retried. */
const REJECTIONS: Record<RejectionCode, ErrorFacts> = {
  empty: refused('The file holds no words.', MEND_FILE),
  'not-text': refused('The file is of a kind that is not read.', MEND_FILE),
  'too-large': refused(
    'The file, or what it unpacks to, is larger than the limit.',
    'Upload a smaller file, or raise limits.fileBytes or limits.mediaBytes.',
  ),
  unreadable: refused('The reader of its format refuses the file.', MEND_FILE),
  'too-slow': refused(
    'The file used up its budget of CPU time.',
    'Look whether the file is made to be slow; if not, raise limits.parseSeconds.',
  ),
  'bad-key': refused('The key of the object cannot be used.', 'Upload the file under another key.'),
};

const busy = (meaning: string) =>
  passing(meaning, 'Nothing, unless it lasts: then look at the AWS Health Dashboard and the network.');
const denied = (meaning: string) =>
  broken(
    meaning,
    'Run "copydesk doctor", which names each missing permission. Mend the policies of the role and of the resource, then retry.',
  );
const impossible = (meaning: string) =>
  broken(
    meaning,
    'Read the cause in the log: the resource is gone, or Copydesk asked for something impossible.',
  );
const unknown = (meaning: string) =>
  alarming(meaning, 'Read the cause in the log. It is an answer that Copydesk does not know.');
/** For faults that are expected, and handled, at the calls where they can occur. */
const unexpected = (meaning: string) =>
  alarming(meaning, 'Report it with the log line: Copydesk does not expect this answer here.');

/** Codes of commands, the local pipeline and the deployment. A person reads the message at once. */
export const COMMANDS = {
  usage: refused('A command was used wrongly, or what it needs is not there.', 'Do what its sentence says.'),
  'not-confirmed': refused('A question of a command was answered with no.', 'Nothing.'),
  'bad-settings': refused('A setting is unknown or wrong.', 'Correct copydesk.config.json.'),
  'unreadable-settings': refused(
    'The file of settings cannot be read.',
    'Look at copydesk.config.json and its permissions.',
  ),
  'bad-stage': refused('The name of a stage is not valid.', 'Choose another name.'),
  'port-in-use': passing('Another process has the port that the laptop wants.', 'Choose another port.'),
  'state-in-use': passing('Another process runs on the state folder.', 'Stop it, or choose another folder.'),
  'state-unusable': broken(
    'The disk refuses to read or write the state folder of the laptop.',
    'Mend what the sentence names, and start again.',
  ),
  'disk-full': broken(
    'The disk with the state folder of the laptop is full.',
    'Free some space, and start again.',
  ),
  'database-damaged': broken('A file of the database of the laptop is damaged.', 'Start with --repair.'),
  'broken-record': broken(
    'The record of an object in a bucket of the laptop is damaged.',
    'Start with --repair, and upload the file again.',
  ),
  'not-emptied': alarming(
    'A bucket could not be emptied when its stage was removed.',
    'Destroy the stage again.',
  ),
} satisfies Record<string, ErrorFacts>;

/** Every code of a CopydeskError. A new code is a new row; a test finds a code without a row. */
export const ERROR_CODES = {
  ...REJECTIONS,

  's3-busy': busy('S3 is slow, unavailable or cannot be reached.'),
  's3-forbidden': denied('S3 denies access.'),
  's3-refused': impossible('S3 refuses the request, for example because the bucket is missing.'),
  's3-missing': unexpected('S3 does not have an object that must be there.'),
  's3-conflict': unexpected('A condition of a write did not hold.'),
  's3-other': unknown('S3 failed in an unknown way.'),

  'table-busy': busy('The table is throttled, slow or cannot be reached.'),
  'table-forbidden': denied('DynamoDB denies access to the table.'),
  'table-refused': impossible(
    'DynamoDB refuses the request, for example because an item has more than 400 KB.',
  ),
  'table-missing': unexpected('DynamoDB does not have what must be there.'),
  'table-conflict': unexpected('A condition of a write did not hold.'),
  'table-other': unknown('DynamoDB failed in an unknown way.'),

  'queue-busy': busy('SQS is slow, unavailable or cannot be reached.'),
  'queue-forbidden': denied('SQS denies access.'),
  'queue-refused': impossible('SQS refuses the request, for example because the queue is missing.'),
  'queue-missing': unexpected('SQS does not have what must be there.'),
  'queue-conflict': unexpected('SQS reports a conflict.'),
  'queue-other': unknown('SQS failed in an unknown way.'),

  'no-bulk-run': refused(
    'A step belongs to a bulk run that another one has replaced.',
    'Nothing: "copydesk status" shows the present run.',
  ),
  contention: passing(
    'Too many writers changed the same thing at once.',
    'Nothing: the retry has fewer concurrent writers.',
  ),
  'out-of-time': passing(
    'The function had too little time left to start this work.',
    'Nothing. If it repeats for one file, the file takes too long: split it, or raise deployment.ingestMemory.',
  ),
  internal: alarming(
    'Copydesk has a fault, or ran out of memory or disk. The file may be good.',
    'Report it with the stack in the log. Upgrade, then retry.',
  ),
  'bad-record': broken(
    'A record in the table does not have the shape of one, mostly after an edit by hand.',
    'Run "copydesk reprocess ID", or mend the attribute in the table. Then retry.',
  ),
  'bad-environment': alarming(
    'An environment variable of the function is missing or broken.',
    'Run "copydesk doctor", which names the variable. Set it again: see "Changes by hand" in docs/runbook.md.',
  ),
  'other-bucket': broken(
    'A message in the intake queue is about another bucket than the intake bucket.',
    'Find out which bucket, topic or rule sends to the queue. Delete the message with "copydesk retry --discard ID".',
  ),
  'future-event': broken(
    'A message in the intake queue claims to be later than S3 can have sent it. It changes nothing.',
    'Find out who may send to the queue, because S3 did not. Delete the message with "copydesk retry --discard ID". If every upload is parked so, S3 has another form of sequencers: upgrade Copydesk.',
  ),
  'not-an-s3-event': broken(
    'A message in the intake queue is no event of S3, neither plain nor wrapped by SNS or EventBridge.',
    'Find out who sends to the queue. Delete the message with "copydesk retry --discard ID".',
  ),
  'body-missing': broken(
    'The storage bucket has lost the body of an article.',
    'Run "copydesk reprocess ID".',
  ),
  'media-missing': broken(
    'The storage bucket has lost a picture or recording.',
    'Run "copydesk reprocess ID" with the id of the picture or recording.',
  ),
  'bad-state': refused(
    'A stored state of the site is broken. It is treated as lost, and made again.',
    'Nothing. If it comes again, find out who else writes into the storage bucket.',
  ),
  'not-published': alarming(
    'An article could not be published.',
    'Read the cause in the log, mend it, then "copydesk publish ID".',
  ),
  'not-rebuilt': alarming(
    'The rebuild of the site ended early.',
    'Read the cause in the log, mend it, then "copydesk publish --rebuild".',
  ),
  'not-probed': alarming(
    'A function crashed or gave no answer when doctor called it.',
    'Compare its code, role and variables with the template: "copydesk doctor --drift".',
  ),
  'not-sent': alarming('A queue did not take messages.', 'Run the command again.'),
  ...COMMANDS,
} satisfies Record<string, ErrorFacts>;

export type ErrorCode = keyof typeof ERROR_CODES;
