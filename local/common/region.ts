/** The region and account that local services claim to be in. Imports nothing. */
export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';

/** The local services check no credentials, but the SDK insists on having some. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;
