import { RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import {
  LogLevel,
  NodejsFunction,
  type NodejsFunctionProps,
  OutputFormat,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** What one of the functions decides for itself; all else is the same for both. */
export type CopydeskFunctionProps = Required<
  Pick<NodejsFunctionProps, 'entry' | 'description' | 'memorySize' | 'timeout' | 'environment'>
> &
  Pick<NodejsFunctionProps, 'maxEventAge'>;

/**
 * Source maps, so that a stack trace names files and lines of this project. Node reads them at start: see
 * docs/decisions/0001-toolchain.md for what that costs.
 */
const NODE_OPTIONS = '--enable-source-maps';

/** A function with its log group and a role that may do nothing but write to it: grants add the rest. */
export class CopydeskFunction extends Construct {
  readonly function: NodejsFunction;
  readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, { environment, ...props }: CopydeskFunctionProps) {
    super(scope, id);
    this.logGroup = new logs.LogGroup(this, 'Logs', {
      // A month: long enough to compare with the last one, when somebody asks where a file went.
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Not the role that the CDK would make: its managed policy may write to every log group of the account.
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(role);

    this.function = new NodejsFunction(this, 'Function', {
      ...props,
      role,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      environment: { ...environment, NODE_OPTIONS },
      awsSdkConnectionReuse: false, // a variable that only version 2 of the SDK reads
      tracing: lambda.Tracing.ACTIVE,
      loggingFormat: lambda.LoggingFormat.JSON,
      logGroup: this.logGroup,
      bundling: {
        // Starts some 10 ms sooner than an ES module, and asks no question of packages that call `require`.
        format: OutputFormat.CJS,
        target: 'node24',
        // The SDK that was tested, not the one that the runtime happens to have; and its ES modules, of which
        // esbuild can leave out what is not used.
        bundleAwsSDK: true,
        mainFields: ['module', 'main'],
        minify: true,
        keepNames: true, // the log shows the class of an error
        sourceMap: true,
        sourcesContent: false,
        logLevel: LogLevel.ERROR, // its warning is of bundles above 1 MB, which parsers are
      },
    });
  }
}
