import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { ROOT } from './bundle.ts';

/**
 * The code of a function, bundled by `bundle.ts`. The bundling of the CDK writes one file for each function, and every
 * cold start would read the whole file.
 * @param entry path of the function's module from the project's folder
 */
export function functionCode(entry: string): Code {
  return Code.fromAsset(path.join(ROOT, path.dirname(entry)), {
    // The hash is that of the output, because the sources of a function are in many folders.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // The CDK requires an image and never uses it here.
      image: DockerImage.fromRegistry('none'),
      // The CDK distinguishes bundles by their commands.
      command: [entry],
      local: {
        tryBundle(folder) {
          const command = path.join(ROOT, 'infra', 'bundle', 'bundle-command.ts');
          execFileSync(process.execPath, ['--import', 'tsx', command, entry, folder], {
            cwd: ROOT,
            stdio: ['ignore', 'inherit', 'inherit'],
          });
          return true;
        },
      },
    },
  });
}
