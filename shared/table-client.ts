import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { awsFault, guarded } from './aws-errors.ts';

/** One table and the client that talks to it. */
export class TableClient {
  readonly name: string;
  readonly client: DynamoDBDocumentClient;

  constructor(client: DynamoDBClient, name: string) {
    this.name = name;
    this.client = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  }

  /**
   * Makes a call.
   * @param subject what it is about, for the error
   * @throws CopydeskError `table-busy` (retryable), `table-forbidden`, `table-other`
   */
  async guard<T>(subject: string, call: () => Promise<T>): Promise<T> {
    return guarded('table', subject, `The table failed for ${subject}`, call);
  }

  /** Makes a conditional write. Returns whether its condition held. Throws as {@link guard}. */
  async conditional(subject: string, call: () => Promise<unknown>): Promise<boolean> {
    return this.guard(subject, async () => {
      try {
        await call();
        return true;
      } catch (error) {
        if (awsFault(error) === 'conflict') return false;
        throw error;
      }
    });
  }
}
