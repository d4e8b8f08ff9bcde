import { RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Settings } from '../../shared/settings/settings.ts';
import { functionCode } from '../bundle/function-code.ts';
import { acknowledge, wildcardRule } from './findings.ts';

/** Properties that differ between the functions. */
export interface CopydeskFunctionProps
  extends Required<Pick<lambda.FunctionProps, 'description' | 'memorySize' | 'timeout' | 'environment'>> {
  /** Path of the function's module from the project's folder. */
  entry: string;
  settings: Settings;
}

/** A function with its log group and a role. The role may write only to the log group until {@link allow} adds more. */
export class CopydeskFunction extends Construct {
  readonly function: lambda.Function;
  readonly logGroup: logs.LogGroup;
  private readonly role: iam.Role;

  constructor(
    scope: Construct,
    id: string,
    { entry, environment, settings, ...props }: CopydeskFunctionProps,
  ) {
    super(scope, id);
    this.logGroup = new logs.LogGroup(this, 'Logs', {
      retention: settings.deployment.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // The default role of the CDK may write to every log group of the account.
    this.role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(this.role);
    const { tracing } = settings.deployment;
    if (tracing) {
      const why = 'X-Ray has no resources that a policy could name: PutTraceSegments takes only *.';
      acknowledge(this.role, { 'IAM5[Resource::*]': why });
    }

    this.function = new lambda.Function(this, 'Function', {
      ...props,
      role: this.role,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      environment,
      tracing: tracing ? lambda.Tracing.ACTIVE : lambda.Tracing.DISABLED,
      loggingFormat: lambda.LoggingFormat.JSON,
      logGroup: this.logGroup,
      code: functionCode(entry),
      handler: 'index.handler',
    });
  }

  /**
   * Allows the function to call actions.
   * @param resources ARNs. An asterisk at the end means all objects under a prefix
   * @param why the reason why a prefix cannot be narrower. It is required if a resource has an asterisk
   */
  allow(resources: string[], actions: string[], why = ''): void {
    this.role.addToPolicy(new iam.PolicyStatement({ actions, resources }));
    const wild = resources.filter(resource => resource.includes('*'));
    if (wild.length > 0 && !why) throw new Error(`Say why ${actions.join(', ')} needs a wildcard.`);
    for (const resource of wild) acknowledge(this.role, { [wildcardRule(this, resource)]: why });
  }
}
