import type { Side } from './sides.ts';

/** Where somebody answers otherwise than AWS documents. */
interface Difference {
  side: Side;
  /** The test, by its sentence. */
  law: string;
  /** What happens there. */
  instead: string;
  /** It happens by chance, in a race. Absent: always. */
  sometimes?: true;
  /** Where AWS says how it should be. */
  source: string;
}

const UNGUARDED = 'its server reads and writes in two steps, and requests come between';

export const DIFFERENCES: readonly Difference[] = [
  {
    side: 'embedded',
    law: 'the key of an index is not empty',
    instead: 'dynalite takes it',
    source: '"PutItem", Amazon DynamoDB API Reference: empty values of key attributes of an index',
  },
  {
    side: 'embedded',
    law: 'beyond the Basic Multilingual Plane too',
    instead:
      'dynalite compares the units of UTF-16; the order of ids and instants, which are ASCII, is the same',
    source: '"Data types: String", Amazon DynamoDB Developer Guide',
  },
  {
    side: 'moto',
    law: 'the key of an index has the type that was declared',
    instead: 'moto takes any',
    source: '"CreateTable", Amazon DynamoDB API Reference: AttributeDefinitions',
  },
  {
    side: 'moto',
    law: 'names and values that an expression does not use are refused',
    instead: 'moto takes them',
    source: 'answer of the service: "Value provided in ExpressionAttributeNames unused in expressions"',
  },
  {
    side: 'moto',
    law: 'fifty counts at once lose none',
    instead: UNGUARDED,
    sometimes: true,
    source: '"Atomic counters", Amazon DynamoDB Developer Guide',
  },
  {
    side: 'moto',
    law: 'of fifty creators at once one wins',
    instead: UNGUARDED,
    sometimes: true,
    source:
      '"Condition expressions", Amazon DynamoDB Developer Guide; "How to prevent object overwrites with conditional writes", Amazon S3 User Guide',
  },
  {
    side: 'moto',
    law: 'more than 25 writes are refused',
    instead: 'moto takes them',
    source: '"BatchWriteItem", Amazon DynamoDB API Reference',
  },
  {
    side: 'moto',
    law: 'a page that ends with the last item names it, and the next one is empty',
    instead: 'moto looks ahead, and names nothing',
    source: '"Paginating table query results", Amazon DynamoDB Developer Guide',
  },
  {
    side: 'moto',
    law: 'a delete marker read by its id is a 405',
    instead: 'moto answers 404 NoSuchVersion',
    source: '"Working with delete markers", Amazon S3 User Guide',
  },
  {
    side: 'moto',
    law: 'an upload that was given up is a 404',
    instead: 'moto answers 500',
    source: '"CompleteMultipartUpload", Amazon S3 API Reference',
  },
  {
    side: 'moto',
    law: 'a checksum that was sent comes back when asked for',
    instead: 'moto answers without it',
    source: '"Checking object integrity in Amazon S3", Amazon S3 User Guide',
  },
  {
    side: 'moto',
    law: 'a body that does not match its checksum is refused',
    instead: 'moto checks none',
    source: '"Checking object integrity in Amazon S3", Amazon S3 User Guide',
  },
  {
    side: 'moto',
    law: 'a body that does not match its Content-MD5 is refused',
    instead: 'moto checks none',
    source: '"PutObject", Amazon S3 API Reference',
  },
];
