import { Agent, get } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { LOCAL_CREDENTIALS, REGION } from '../../local/common/region.ts';

/** The headers of a signature: DynamoDB's embedded twin wants to see them, and looks no further. */
const SIGNATURE = {
  authorization: 'AWS4-HMAC-SHA256 Credential=test, SignedHeaders=host, Signature=test',
  'x-amz-date': '20260101T000000Z',
};

/**
 * What the embedded services do not look at, and what costs the SDK a third of the CPU time of a call: signatures and
 * checksums. The contract suite and the tests of the laptop use clients that sign.
 */
const UNSIGNED = {
  region: REGION,
  credentials: LOCAL_CREDENTIALS,
  signer: {
    sign: async <Request extends { headers: Record<string, string> }>(request: Request) => {
      Object.assign(request.headers, SIGNATURE);
      return request;
    },
  },
};

/** A client of the embedded S3 for tests that make many calls. */
export function testS3(endpoint: string): S3Client {
  return new S3Client({
    ...UNSIGNED,
    endpoint,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Not for DynamoDB: a cached command of the document client would be sent again in place of the next one.
    cacheMiddleware: true,
  });
}

/** A client of the embedded DynamoDB for tests that make many calls. */
export function testDynamoDb(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({ ...UNSIGNED, endpoint });
}

/** Reads objects of an embedded bucket without the SDK, at a tenth of its CPU time. */
export class ObjectReader {
  readonly #bucketUrl: string;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(endpoint: string, bucket: string) {
    this.#bucketUrl = `${endpoint}/${bucket}`;
  }

  /** An object as text; undefined where there is none. */
  async text(key: string): Promise<string | undefined> {
    const path = key.split('/').map(encodeURIComponent).join('/');
    return await new Promise((resolve, reject) => {
      get(`${this.#bucketUrl}/${path}`, { agent: this.#agent }, response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString());
          else if (response.statusCode === 404) resolve(undefined);
          else reject(new Error(`${key}: ${response.statusCode} ${Buffer.concat(chunks)}`));
        });
      }).on('error', reject);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
