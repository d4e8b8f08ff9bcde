import { Aws } from 'aws-cdk-lib';

/** Address of a page of the AWS console, in the region of the stack. */
export function consoleUrl(service: string, page: string): string {
  return `https://${Aws.REGION}.console.aws.amazon.com/${service}?region=${Aws.REGION}#${page}`;
}

/** Address of a log group in the console. Its name has no slash to escape, because CloudFormation chooses the name. */
export function logsUrl(logGroupName: string): string {
  return consoleUrl('cloudwatch/home', `logsV2:log-groups/log-group/${logGroupName}`);
}
