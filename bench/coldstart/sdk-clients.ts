import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

/** A function that has the clients and commands that Copydesk's use, and does nothing with them. */
const clients = [new S3Client(), DynamoDBDocumentClient.from(new DynamoDBClient())];
const commands = [
  [GetObjectCommand, PutObjectCommand, DeleteObjectCommand],
  [GetCommand, PutCommand, UpdateCommand, QueryCommand, BatchGetCommand],
];

export const handler = async () => clients.length + commands.length;
