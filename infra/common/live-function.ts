import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { LIVE_ALIAS } from '../../shared/stack/stack-outputs.ts';
import { CopydeskFunction, type CopydeskFunctionProps } from './copydesk-function.ts';

export interface LiveFunctionProps extends CopydeskFunctionProps, Pick<lambda.AliasOptions, 'maxEventAge'> {}

/**
 * A function with versions. Each change of its code or its environment makes a version, and the alias names the version
 * in use. Everything calls the alias. See docs/decisions/0020-versions-and-rollback.md.
 */
export class LiveFunction extends CopydeskFunction {
  /** What calls the function. It has the same role. */
  readonly live: lambda.Alias;
  /** The version that the deployment makes live. */
  readonly version: lambda.Version;

  constructor(scope: Construct, id: string, { maxEventAge, ...props }: LiveFunctionProps) {
    super(scope, id, props);
    // CloudFormation deletes the version before it when the deployment has succeeded, so there is only one.
    this.version = this.function.currentVersion;
    this.live = new lambda.Alias(this, 'Live', {
      aliasName: LIVE_ALIAS,
      version: this.version,
      ...(maxEventAge && { maxEventAge }),
    });
  }
}
