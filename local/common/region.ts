/** Region and account that the local services report. */
export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';

/** Credentials for the SDK, which needs some. The local services do not check them. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;
