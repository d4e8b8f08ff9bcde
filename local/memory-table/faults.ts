import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';

/** Makes the error that the SDK throws for an answer of DynamoDB. */
function fault(name: string, message: string): DynamoDBServiceException {
  const $metadata = { httpStatusCode: 400, attempts: 1, totalRetryDelay: 0 };
  return new DynamoDBServiceException({ name, message, $fault: 'client', $metadata });
}

/** The request breaks a rule of DynamoDB. */
export const refused = (message: string) => fault('ValidationException', message);

/** The condition of a write does not hold. */
export const conditionFailed = () =>
  fault('ConditionalCheckFailedException', 'The conditional request failed');

/** The request names another table. */
export const noSuchTable = () => fault('ResourceNotFoundException', 'Requested resource not found');
