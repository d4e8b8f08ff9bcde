import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

/** The commands of the document client that the project uses, and the operations of DynamoDB that they call. */
const OPERATIONS = [
  [BatchGetCommand, 'BatchGetItem'],
  [BatchWriteCommand, 'BatchWriteItem'],
  [DeleteCommand, 'DeleteItem'],
  [GetCommand, 'GetItem'],
  [PutCommand, 'PutItem'],
  [QueryCommand, 'Query'],
  [ScanCommand, 'Scan'],
  [UpdateCommand, 'UpdateItem'],
] as const;

export type DocumentOperation = (typeof OPERATIONS)[number][1];

/** The operation of DynamoDB by the class of a command. */
export const DOCUMENT_OPERATIONS: ReadonlyMap<unknown, DocumentOperation> = new Map<
  unknown,
  DocumentOperation
>(OPERATIONS);
