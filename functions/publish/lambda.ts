import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { Articles } from '../../shared/articles.ts';
import { ENV } from '../../shared/environment.ts';
import { Bucket } from '../../shared/objects.ts';
import { jsonLog } from '../../shared/telemetry.ts';
import { required, settingsFromEnvironment } from '../environment.ts';
import { publishHandler } from './handler.ts';
import { siteOf } from './site.ts';

/** Entry of the function in the cloud: everything is made once, at cold start. */
const s3 = new S3Client();

export const handler = publishHandler({
  articles: new Articles(new DynamoDBClient(), required(ENV.table)),
  archive: new Bucket(s3, required(ENV.archiveBucket)),
  siteBucket: new Bucket(s3, required(ENV.siteBucket)),
  site: siteOf(settingsFromEnvironment(), required(ENV.baseUrl)),
  now: () => new Date().toISOString(),
  log: jsonLog,
  fetch,
});
