/** Names of the local resources. In the cloud, CloudFormation makes the names. */
export const LOCAL_BUCKETS = { intake: 'intake', storage: 'storage', site: 'site' } as const;
export const LOCAL_TABLE = 'copydesk';
