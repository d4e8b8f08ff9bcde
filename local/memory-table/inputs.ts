import type { Item } from '../../shared/table/keys.ts';
import type { Placeholders } from './expressions.ts';

/** Inputs of the operations. Other members throw, because the table would ignore them. */
export interface Input extends Placeholders {
  TableName?: string;
  Key?: Item;
  Item?: Item;
  RequestItems?: Record<string, BatchedRead | readonly BatchedWrite[]>;
  IndexName?: string;
  ConditionExpression?: string;
  UpdateExpression?: string;
  KeyConditionExpression?: string;
  FilterExpression?: string;
  ProjectionExpression?: string;
  ReturnValues?: 'NONE' | 'ALL_NEW' | 'UPDATED_NEW';
  ConsistentRead?: boolean;
  ScanIndexForward?: boolean;
  Limit?: number;
  ExclusiveStartKey?: Item;
  Segment?: number;
  TotalSegments?: number;
}
export interface BatchedRead extends Placeholders {
  Keys: readonly Item[];
  ConsistentRead?: boolean;
  ProjectionExpression?: string;
}
export interface BatchedWrite {
  PutRequest?: { Item: Item };
  DeleteRequest?: { Key: Item };
}

const PLACEHOLDERS = ['ExpressionAttributeNames', 'ExpressionAttributeValues'] as const;
const PAGE = ['ConsistentRead', 'Limit', 'ExclusiveStartKey', ...PLACEHOLDERS] as const;
const MEMBERS = {
  GetItem: ['TableName', 'Key', 'ConsistentRead'],
  PutItem: ['TableName', 'Item', 'ConditionExpression', ...PLACEHOLDERS],
  DeleteItem: ['TableName', 'Key', 'ConditionExpression', ...PLACEHOLDERS],
  UpdateItem: [
    'TableName',
    'Key',
    'UpdateExpression',
    'ConditionExpression',
    'ReturnValues',
    ...PLACEHOLDERS,
  ],
  BatchGetItem: ['RequestItems'],
  BatchWriteItem: ['RequestItems'],
  Query: ['TableName', 'IndexName', 'KeyConditionExpression', 'ScanIndexForward', ...PAGE],
  Scan: ['TableName', 'FilterExpression', 'ProjectionExpression', 'Segment', 'TotalSegments', ...PAGE],
} as const satisfies Record<string, readonly (keyof Input)[]>;

export type Operation = keyof typeof MEMBERS;

/** @throws Error for a member that the table does not know */
export function mustBeKnown(operation: Operation, input: Input): void {
  const members: readonly string[] = MEMBERS[operation];
  for (const [name, value] of Object.entries(input))
    if (value !== undefined && !members.includes(name))
      throw new Error(`The table in memory takes no ${name} for ${operation}.`);
}
