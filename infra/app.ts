import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { CopydeskError } from '../shared/errors/errors.ts';
import { CopydeskStack } from './copydesk-stack.ts';
import { readDeployment } from './deployment.ts';

try {
  const app = new App();
  // The CDK runs this file in the folder of cdk.json, and copydesk.config.json lies next to it.
  const { stackName, settings } = readDeployment(process.cwd(), app.node.tryGetContext('stage'));
  new CopydeskStack(app, stackName, { settings });
  // A finding that nobody has answered stops the synth, and so the deployment.
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
} catch (error) {
  if (!(error instanceof CopydeskError)) throw error;
  // A wrong setting is the operator's to mend: a stack trace would only hide the sentence that says how.
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
