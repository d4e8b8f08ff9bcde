import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import RECOMMENDED from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { readDeployment } from '../../infra/deployment.ts';
import { CopydeskError } from '../../shared/errors/errors.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copydesk-infra-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (text: string) => writeFileSync(join(folder, 'copydesk.config.json'), text);

/** The CDK app as the CLI runs it, in a folder of ours. */
const synth = (context: Record<string, unknown> = {}) =>
  spawnSync(
    process.execPath,
    ['--import', pathToFileURL(resolve('node_modules/tsx/dist/loader.mjs')).href, resolve('infra/app.ts')],
    {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        CDK_OUTDIR: join(folder, 'out'),
        CDK_CONTEXT_JSON: JSON.stringify(context),
      },
    },
  );

describe('a deployment', () => {
  test('without a file has the defaults', () => {
    expect(readDeployment(folder, undefined)).toEqual({ stackName: 'Copydesk', settings: DEFAULT_SETTINGS });
  });

  test('takes the file next to cdk.json', () => {
    write('{ "site": { "title": "The Bugle" } }');
    expect(readDeployment(folder, undefined).settings.site.title).toBe('The Bugle');
  });

  test('has a stage beside others', () => {
    expect(readDeployment(folder, 'test').stackName).toBe('Copydesk-test');
  });

  test('has the settings of its stage, and without one those that no stage overrides', () => {
    write('{ "site": { "title": "The Bugle" }, "stages": { "test": { "site": { "title": "A try" } } } }');
    const titleOf = (stage: unknown) => readDeployment(folder, stage).settings.site.title;
    expect([titleOf(undefined), titleOf('test'), titleOf('other')]).toEqual([
      'The Bugle',
      'A try',
      'The Bugle',
    ]);
  });

  test.each(['a b', '-', 'x'.repeat(21), '../y', 5, {}])('refuses the stage %j', stage => {
    expect(() => readDeployment(folder, stage)).toThrow(CopydeskError);
  });

  test('refuses settings that do not fit into the environment of a function', () => {
    // Letters of two bytes: Lambda counts bytes.
    write(JSON.stringify({ site: { description: 'ж'.repeat(1_600) } }));
    expect(() => readDeployment(folder, undefined)).toThrow(/too long/);
    write(JSON.stringify({ site: { description: 'x'.repeat(1_600) } }));
    expect(readDeployment(folder, undefined).settings.site.description).toHaveLength(1_600);
  });
});

describe('a wrong setting', () => {
  test.each([
    ['{ "feeds": { "entries": "many" } }', /feeds\.entries/],
    ['{ "feeds": { "entires": 5 } }', /feeds\.entires/],
    ['{ "stages": { "test": { "feeds": { "entires": 5 } } } }', /stages\.test\.feeds\.entires/],
    ['{ "feeds": ', /copydesk\.config\.json/],
    ['[]', /settings/],
  ])('%s is one sentence', (json, names) => {
    write(json);
    const { message } = thrown(() => readDeployment(folder, undefined));
    expect(message).toMatch(names);
    expect(message).toMatch(/^[^\n]+\.$/);
  });

  // What it says is told in this process above: starting the CDK for each would take seconds.
  test('at synth is that sentence alone, and exit code 1', () => {
    write('{ "feeds": { "entries": "many" } }');
    const { message } = thrown(() => readDeployment(folder, undefined));
    const { status, stdout, stderr } = synth();
    expect([status, stdout, stderr]).toEqual([1, '', `${message}\n`]);
  });

  test('so is a wrong stage', () => {
    const { status, stderr } = synth({ stage: 'no such/stage' });
    expect([status, stderr]).toEqual([1, 'The stage "no such/stage" must be 1 to 20 letters or digits.\n']);
  });
});

describe('a region of another partition', () => {
  const within = (settings: object, region: string) => {
    write(JSON.stringify(settings));
    return () => readDeployment(folder, undefined, region);
  };
  const ownCdn = { site: { baseUrl: 'https://news.example' }, deployment: { cloudFront: false } };
  const budget = { ...ownCdn, alarms: { monthlyBudget: 5 } };

  test.each(['cn-north-1', 'cn-northwest-1', 'us-gov-west-1', 'us-gov-east-1'])(
    '%s has no CloudFront with functions',
    region => {
      expect(thrown(within({}, region)).message).toMatch(/^The setting "deployment\.cloudFront" .+\.$/);
      expect(within(ownCdn, region)().settings.deployment.cloudFront).toBe(false);
    },
  );

  test('GovCloud has no budgets', () => {
    expect(thrown(within(budget, 'us-gov-west-1')).message).toMatch(/"alarms\.monthlyBudget".+us-gov-west-1/);
    expect(within(budget, 'cn-north-1')().settings.alarms.monthlyBudget).toBe(5);
  });

  test.each(['us-iso-east-1', 'us-isob-east-1'])('%s is refused with any settings', region => {
    expect(thrown(within(ownCdn, region)).message).toMatch(/^Copydesk cannot be deployed in us-iso/);
  });

  test.each(['us-east-1', 'eu-west-1', 'ap-south-2', 'a-new-region-1'])('%s takes all', region => {
    expect(within({ alarms: { monthlyBudget: 5 } }, region)().settings.deployment.cloudFront).toBe(true);
  });
});

describe('a mailbox', () => {
  const read = (region?: string) => {
    write('{ "deployment": { "mail": { "address": "desk@example.org", "senders": ["jane@example.org"] } } }');
    return () => readDeployment(folder, undefined, region);
  };

  test.each(['ap-south-2', 'me-central-1', 'a-new-region-1'])('is refused in %s', region => {
    expect(thrown(read(region)).message).toMatch(
      new RegExp(`^The setting "deployment\\.mail" .+ absent in ${region}, because SES .+\\.$`),
    );
  });

  test.each(['us-east-1', 'eu-west-1', undefined])('is taken in %s', region => {
    expect(read(region)().settings.deployment.mail?.address).toBe('desk@example.org');
  });
});

describe('a second region', () => {
  const secondRegion = (region: string, partition = 'aws') => ({
    site: { baseUrl: 'https://news.example' },
    deployment: {
      cloudFront: false,
      secondRegion: {
        vaultArn: `arn:${partition}:backup:${region}:111122223333:backup-vault:copies`,
        intakeBucket: 'intake-copies',
        storageBucket: 'storage-copies',
      },
    },
  });
  const read = (settings: object, region: string) => {
    write(JSON.stringify(settings));
    return () => readDeployment(folder, undefined, region);
  };

  test('is another one than that of the stack', () => {
    expect(thrown(read(secondRegion('eu-west-1'), 'eu-west-1')).message).toMatch(
      /^The setting "deployment\.secondRegion\.vaultArn" is wrong: .+ eu-west-1\.$/,
    );
    expect(read(secondRegion('eu-west-1'), 'eu-central-1')).not.toThrow();
  });

  test('is in the same partition', () => {
    expect(thrown(read(secondRegion('eu-west-1'), 'cn-north-1')).message).toMatch(/"arn:aws-cn:"/);
    expect(read(secondRegion('cn-northwest-1', 'aws-cn'), 'cn-north-1')).not.toThrow();
  });
});

/** What is thrown, if it is ours. */
function thrown(work: () => unknown): CopydeskError {
  try {
    work();
  } catch (error) {
    if (error instanceof CopydeskError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

test('cdk.json sets every feature flag that the installed library recommends', () => {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  expect(context).toMatchObject(RECOMMENDED);
});
