import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { CopydeskError } from '../shared/errors/errors.ts';
import { CopydeskStack } from './copydesk-stack.ts';
import { readDeployment } from './deployment.ts';

try {
  const app = new App();
  // The CDK runs this file in the folder of cdk.json and copydesk.config.json.
  const { stackName, settings } = readDeployment(process.cwd(), app.node.tryGetContext('stage'));
  new CopydeskStack(app, stackName, { settings });
  // A finding without an acknowledgement stops the synth and the deployment.
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
} catch (error) {
  if (!(error instanceof CopydeskError)) throw error;
  // The operator can correct a wrong setting. A stack trace would hide the message.
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
