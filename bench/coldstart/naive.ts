import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** What one would take who wrote this in an afternoon. They are left unbundled: jsdom reads files of its own. */
const PACKAGES = ['jsdom', '@mozilla/readability', 'feed'];
const packages = await Promise.all(PACKAGES.map(name => import(name)));
const clients = [new S3Client(), DynamoDBDocumentClient.from(new DynamoDBClient())];

export const handler = async () => packages.length + clients.length;
