import { randomBytes } from 'node:crypto';

/** The message that S3 sends when notifications are configured. Source: "Event message structure", S3 User Guide. */
export function testEvent(bucket: string): object {
  return {
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date().toISOString(),
    Bucket: bucket,
    RequestId: randomBytes(8).toString('hex').toUpperCase(),
    HostId: randomBytes(42).toString('base64'),
  };
}
