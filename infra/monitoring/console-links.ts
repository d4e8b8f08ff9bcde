import { Aws } from 'aws-cdk-lib';

/** Address of a page of the AWS console, in the region of the stack. */
export function consoleUrl(service: string, page: string): string {
  return `https://${Aws.REGION}.console.aws.amazon.com/${service}?region=${Aws.REGION}#${page}`;
}

/**
 * Where the lines of a log group are read. The console wants the slashes of its name escaped; the names that
 * CloudFormation chooses have none.
 */
export function logsUrl(logGroupName: string): string {
  return consoleUrl('cloudwatch/home', `logsV2:log-groups/log-group/${logGroupName}`);
}
