/** Region and account that the local services report. */
export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';

/** Credentials for the SDK, which needs some. The local services do not check them. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** Configuration that every client of the local services has. */
export const LOCAL_ACCESS = { region: REGION, credentials: LOCAL_CREDENTIALS };
