import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { CopydeskError } from '../shared/errors/errors.ts';
import type { Settings } from '../shared/settings/settings.ts';
import { CopydeskStack } from './copydesk-stack.ts';
import { readDeployment } from './deployment.ts';
import { KeptData } from './kept-data.ts';

try {
  const app = new App();
  // The CDK runs this file in the folder of cdk.json and copydesk.config.json.
  const { stackName, settings } = readDeployment(
    process.cwd(),
    app.node.tryGetContext('stage'),
    // The CLI of the CDK sets it. Without credentials it is absent, and CloudFormation finds what is missing.
    process.env.CDK_DEFAULT_REGION,
  );
  if (app.node.tryGetContext('adopt') !== undefined) new KeptData(app, stackName);
  else deploy(app, stackName, settings);
} catch (error) {
  if (!(error instanceof CopydeskError)) throw error;
  // The operator can correct a wrong setting. A stack trace would hide the message.
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function deploy(app: App, stackName: string, settings: Settings): void {
  new CopydeskStack(app, stackName, { settings });
  // A finding without an acknowledgement stops the synth and the deployment.
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
