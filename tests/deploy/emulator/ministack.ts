import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Emulator, startEmulator } from './emulator.ts';
import { PYTHON_PACKAGES } from './packages.ts';
import { run } from './processes.ts';
import { pythonWith } from './python.ts';

/** MiniStack takes twelve digits as the root of that account; no key of AWS looks so. */
export const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

export interface MiniStack extends Emulator {
  /** What every process that is to reach it needs in its environment; it cannot reach AWS with this. */
  env: NodeJS.ProcessEnv;
  /** The authority that vouches for it. */
  ca: string;
}

/**
 * Starts MiniStack as strict as it can be: policies of roles and buckets are enforced (`AUTH`), so that a grant which
 * is missing fails here as in AWS, and it speaks TLS, which our buckets ask for. Functions run as processes, on the
 * `node` of the PATH.
 * @param work an empty folder for its files
 */
export async function startMiniStack(root: string, work: string): Promise<MiniStack> {
  const bin = await pythonWith(root, PYTHON_PACKAGES.ministack);
  const tls = join(work, 'tls');
  await mkdir(tls, { recursive: true });
  const args = ['-m', 'trustme', '--quiet', '--dir', tls, '--identities', '127.0.0.1', 'localhost'];
  const made = await run(join(bin, 'python'), args, { cwd: work, env: process.env });
  if (made.code !== 0) throw new Error(`trustme made no certificate: ${made.stderr}`);
  const caFile = join(tls, 'client.pem');
  const ca = await readFile(caFile, 'utf8');

  const common: NodeJS.ProcessEnv = {
    ...withoutAws(process.env),
    AWS_ACCESS_KEY_ID: ACCOUNT,
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: join(work, 'no-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(work, 'no-credentials'),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    NODE_EXTRA_CA_CERTS: caFile,
    NO_COLOR: '1',
  };
  const server = await startEmulator({
    command: join(bin, 'ministack'),
    args: () => [],
    env: port => ({
      ...common,
      ...{ BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port), IOT_MTLS_PORT: '0' },
      ...{ MINISTACK_REGION: REGION, MINISTACK_HOST: '127.0.0.1', LAMBDA_EXECUTOR: 'local', AUTH: 'true' },
      ...{
        USE_SSL: '1',
        MINISTACK_SSL_CERT: join(tls, 'server.pem'),
        MINISTACK_SSL_KEY: join(tls, 'server.key'),
      },
      ...{ STATE_DIR: join(work, 'state'), TMPDIR: work, PYTHONUNBUFFERED: '1' },
    }),
    cwd: work,
    ready: '/_ministack/ready',
    ca,
  });
  // The CDK's own agent reads this one, and not Node's.
  return { ...server, ca, env: { ...common, AWS_ENDPOINT_URL: server.url, AWS_CA_BUNDLE: caFile } };
}

/** Neither the keys nor the profile of whoever runs this. */
function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(AWS|CDK|COPYDESK)_/.test(name) && name !== 'FORCE_COLOR'),
  );
}
