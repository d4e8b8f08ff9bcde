import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { Articles } from '../../shared/articles.ts';
import { ENV } from '../../shared/environment.ts';
import { Bucket } from '../../shared/objects.ts';
import { jsonLog } from '../../shared/telemetry.ts';
import { required, settingsFromEnvironment } from '../environment.ts';
import { ingestHandler } from './handler.ts';
import { PARSER_VERSION, parseArticle } from './parse.ts';

/** Entry of the function in the cloud: everything is made once, at cold start. */
const s3 = new S3Client();

export const handler = ingestHandler({
  articles: new Articles(new DynamoDBClient(), required(ENV.table)),
  intake: name => new Bucket(s3, name),
  archive: new Bucket(s3, required(ENV.archiveBucket)),
  settings: settingsFromEnvironment(),
  parse: parseArticle,
  parserVersion: PARSER_VERSION,
  now: () => new Date().toISOString(),
  log: jsonLog,
});
