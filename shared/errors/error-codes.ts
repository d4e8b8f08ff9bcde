import type { RejectionCode } from '../model/article.ts';

/** Meaning and consequences of an error code. Handlers use `retryable`; alarms and logs use `severity`. */
interface ErrorFacts {
  /** The same work may succeed later without a change by a person. */
  retryable: boolean;
  /** `high`: an operator must act, or copy is not published. `low`: it ends by itself, or the author must act. */
  severity: 'high' | 'low';
  meaning: string;
  /** The action for a person. */
  action: string;
}

const REJECTED = { retryable: false, severity: 'low' } as const;
const FOR_THE_AUTHOR = 'Mend the file and upload it again under the same key.';

/** Codes of files that can never become an article. They are recorded with their reason, and are not retried. */
const REJECTIONS: Record<RejectionCode, ErrorFacts> = {
  empty: { ...REJECTED, meaning: 'The file holds no words.', action: FOR_THE_AUTHOR },
  'not-text': { ...REJECTED, meaning: 'The file is of a kind that is not read.', action: FOR_THE_AUTHOR },
  'too-large': {
    ...REJECTED,
    meaning: 'The file, or what it unpacks to, is larger than the limit.',
    action: 'Upload a smaller file, or raise limits.fileBytes or limits.mediaBytes.',
  },
  unreadable: { ...REJECTED, meaning: 'The reader of its format refuses the file.', action: FOR_THE_AUTHOR },
  'too-slow': {
    ...REJECTED,
    meaning: 'The file used up its budget of CPU time.',
    action: 'Look whether the file is made to be slow; if not, raise limits.parseSeconds.',
  },
  'bad-key': {
    ...REJECTED,
    meaning: 'The key of the object is not valid UTF-8.',
    action: 'Upload the file under another key.',
  },
};

const BUSY = {
  retryable: true,
  severity: 'low',
  action: 'Nothing, unless it lasts: then look at the AWS Health Dashboard and the network.',
} as const;
const DENIED = {
  retryable: false,
  severity: 'high',
  action: 'Compare the policies of the role and of the resource with the template. Then retry.',
} as const;
const REFUSED = {
  retryable: false,
  severity: 'high',
  action: 'Read the cause in the log: the resource is gone, or Copydesk asked for something impossible.',
} as const;
const UNKNOWN = {
  retryable: true,
  severity: 'high',
  action: 'Read the cause in the log. It is an answer that Copydesk does not know.',
} as const;
/** For faults that callers handle where they expect them. */
const UNEXPECTED = {
  retryable: true,
  severity: 'high',
  action: 'Report it with the log line: Copydesk does not expect this answer here.',
} as const;

/** Codes of commands, the local pipeline and the deployment. A person reads the message at once. */
export const COMMANDS = {
  usage: {
    retryable: false,
    severity: 'low',
    meaning: 'A command was used wrongly, or what it needs is not there.',
    action: 'Do what its sentence says.',
  },
  'not-confirmed': {
    retryable: false,
    severity: 'low',
    meaning: 'A question of a command was answered with no.',
    action: 'Nothing.',
  },
  'bad-settings': {
    retryable: false,
    severity: 'low',
    meaning: 'A setting is unknown or wrong.',
    action: 'Correct copydesk.config.json.',
  },
  'unreadable-settings': {
    retryable: false,
    severity: 'low',
    meaning: 'The file of settings cannot be read.',
    action: 'Look at copydesk.config.json and its permissions.',
  },
  'bad-stage': {
    retryable: false,
    severity: 'low',
    meaning: 'The name of a stage is not valid.',
    action: 'Choose another name.',
  },
  'port-in-use': {
    retryable: true,
    severity: 'low',
    meaning: 'Another process has the port that the laptop wants.',
    action: 'Choose another port.',
  },
  'state-in-use': {
    retryable: true,
    severity: 'low',
    meaning: 'Another process runs on the state folder.',
    action: 'Stop it, or choose another folder.',
  },
  'state-unusable': {
    retryable: false,
    severity: 'high',
    meaning: 'The disk refuses to read or write the state folder of the laptop.',
    action: 'Mend what the sentence names, and start again.',
  },
  'disk-full': {
    retryable: false,
    severity: 'high',
    meaning: 'The disk with the state folder of the laptop is full.',
    action: 'Free some space, and start again.',
  },
  'database-damaged': {
    retryable: false,
    severity: 'high',
    meaning: 'A file of the database of the laptop is damaged.',
    action: 'Start with --repair.',
  },
  'broken-record': {
    retryable: false,
    severity: 'high',
    meaning: 'The record of an object in a bucket of the laptop is damaged.',
    action: 'Start with --repair, and upload the file again.',
  },
  'not-emptied': {
    retryable: true,
    severity: 'high',
    meaning: 'A bucket could not be emptied when its stage was removed.',
    action: 'Destroy the stage again.',
  },
} as const satisfies Record<string, ErrorFacts>;

/** Every code of a CopydeskError. A new code is a new row; a test finds a code without one. */
export const ERROR_CODES = {
  ...REJECTIONS,

  's3-busy': { ...BUSY, meaning: 'S3 is slow, unavailable or cannot be reached.' },
  's3-forbidden': { ...DENIED, meaning: 'S3 denies access.' },
  's3-refused': { ...REFUSED, meaning: 'S3 refuses the request for good, such as for a missing bucket.' },
  's3-missing': { ...UNEXPECTED, meaning: 'S3 does not have an object that must be there.' },
  's3-conflict': { ...UNEXPECTED, meaning: 'A condition of a write did not hold.' },
  's3-other': { ...UNKNOWN, meaning: 'S3 failed in an unknown way.' },

  'table-busy': { ...BUSY, meaning: 'The table is throttled, slow or cannot be reached.' },
  'table-forbidden': { ...DENIED, meaning: 'DynamoDB denies access to the table.' },
  'table-refused': {
    ...REFUSED,
    meaning: 'DynamoDB refuses the request for good, such as for an item above 400 KB.',
  },
  'table-missing': { ...UNEXPECTED, meaning: 'DynamoDB does not have what must be there.' },
  'table-conflict': { ...UNEXPECTED, meaning: 'A condition of a write did not hold.' },
  'table-other': { ...UNKNOWN, meaning: 'DynamoDB failed in an unknown way.' },

  'queue-busy': { ...BUSY, meaning: 'SQS is slow, unavailable or cannot be reached.' },
  'queue-forbidden': { ...DENIED, meaning: 'SQS denies access.' },
  'queue-refused': { ...REFUSED, meaning: 'SQS refuses the request for good, such as for a missing queue.' },
  'queue-missing': { ...UNEXPECTED, meaning: 'SQS does not have what must be there.' },
  'queue-conflict': { ...UNEXPECTED, meaning: 'SQS reports a conflict.' },
  'queue-other': { ...UNKNOWN, meaning: 'SQS failed in an unknown way.' },

  contention: {
    retryable: true,
    severity: 'low',
    meaning: 'Too many writers changed the same thing at once.',
    action: 'Nothing: the retry has fewer concurrent writers.',
  },
  'out-of-time': {
    retryable: true,
    severity: 'low',
    meaning: 'The function had too little time left to start this work.',
    action:
      'Nothing. If it repeats for one file, the file takes too long: split it, or raise deployment.ingestMemory.',
  },
  internal: {
    retryable: true,
    severity: 'high',
    meaning: 'Copydesk has a fault, or ran out of memory or disk. The file may be good.',
    action: 'Report it with the stack in the log. Upgrade, then retry.',
  },
  'bad-record': {
    retryable: false,
    severity: 'high',
    meaning: 'A record in the table does not have the shape of one, mostly after an edit by hand.',
    action: 'Mend the attribute in the table, or upload the file of the record again. Then retry.',
  },
  'bad-environment': {
    retryable: true,
    severity: 'high',
    meaning: 'An environment variable of the function is missing or broken.',
    action:
      'Compare the variables of the function with the template, and set them by hand: a deployment does not undo a change by hand.',
  },
  'not-an-s3-event': {
    retryable: false,
    severity: 'high',
    meaning:
      'A message in the intake queue is no event of S3, neither plain nor wrapped by SNS or EventBridge.',
    action: 'Find out who sends to the queue. Delete the message with "copydesk retry --discard ID".',
  },
  'body-missing': {
    retryable: false,
    severity: 'high',
    meaning: 'The storage bucket has lost the body of an article.',
    action: 'Upload the file of the article again.',
  },
  'media-missing': {
    retryable: false,
    severity: 'high',
    meaning: 'The storage bucket has lost a picture or recording.',
    action: 'Upload the picture or recording again.',
  },
  'bad-state': {
    retryable: false,
    severity: 'low',
    meaning: 'A stored state of the site is broken. It is treated as lost, and made again.',
    action: 'Nothing. If it comes again, find out who else writes into the storage bucket.',
  },
  'not-published': {
    retryable: true,
    severity: 'high',
    meaning: 'An article could not be published.',
    action: 'Read the cause in the log, mend it, then "copydesk publish ID".',
  },
  'not-rebuilt': {
    retryable: true,
    severity: 'high',
    meaning: 'The rebuild of the site ended early.',
    action: 'Read the cause in the log, mend it, then "copydesk publish --rebuild".',
  },
  'not-sent': {
    retryable: true,
    severity: 'high',
    meaning: 'A queue did not take messages.',
    action: 'Run the command again.',
  },
  ...COMMANDS,
} as const satisfies Record<string, ErrorFacts>;

export type ErrorCode = keyof typeof ERROR_CODES;
