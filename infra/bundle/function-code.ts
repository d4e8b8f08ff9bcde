import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';

const ROOT = path.resolve(import.meta.dirname, '../..');

/**
 * The code of a function, bundled by esbuild as `bundle.ts` says. Not by the CDK's own construct, which writes one file a
 * function and therefore has all of it read at each cold start.
 * @param entry its module, from the project's folder
 */
export function functionCode(entry: string): Code {
  return Code.fromAsset(path.join(ROOT, path.dirname(entry)), {
    // Of what was made: the sources of a function are in many folders.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never run: it stands here because the CDK wants one.
      image: DockerImage.fromRegistry('none'),
      // By this the CDK tells one bundle from another.
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
