import { Aws, CfnMapping, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

const MAPPING = 'Console';
const HOST = 'host';

/** Adds the hosts of the console to a stack: CloudFormation knows the partition only at the deployment. */
export function addConsoleHosts(scope: Construct): void {
  new CfnMapping(scope, MAPPING, {
    mapping: {
      aws: { [HOST]: 'console.aws.amazon.com' },
      'aws-cn': { [HOST]: 'console.amazonaws.cn' },
      'aws-us-gov': { [HOST]: 'console.amazonaws-us-gov.com' },
    },
  });
}

/** Address of a page of the AWS console, in the region of the stack. See {@link addConsoleHosts}. */
export function consoleUrl(service: string, page: string): string {
  const host = Fn.findInMap(MAPPING, Aws.PARTITION, HOST);
  return `https://${Aws.REGION}.${host}/${service}?region=${Aws.REGION}#${page}`;
}

/** Address of a log group in the console. Its name has no slash to escape, because CloudFormation chooses the name. */
export function logsUrl(logGroupName: string): string {
  return consoleUrl('cloudwatch/home', `logsV2:log-groups/log-group/${logGroupName}`);
}
