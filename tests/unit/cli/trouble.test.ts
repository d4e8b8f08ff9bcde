import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { awsTrouble } from '../../../cli/deployment/aws-trouble.ts';
import { CopydeskError } from '../../../shared/errors/errors.ts';
import type { Run } from '../../support/command.ts';
import { runHere } from '../../support/run-here.ts';

const run = (...args: string[]) => runHere(tmpdir(), ...args);
const before = { ...process.env };
let server: Server;
/** What the service answers next. */
let answer: { status: number; code: string };
/** How often the service was asked since the test began. */
let asked: number;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked++;
    request.resume();
    response.writeHead(answer.status, { 'content-type': 'text/xml' });
    response.end(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${answer.code}</Code><Message>As in the test</Message></Error></ErrorResponse>`,
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise(resolve => server.close(resolve)));

beforeEach(() => {
  for (const name of Object.keys(process.env))
    if (/^AWS_(?!SDK_JS)|^COPYDESK_/.test(name)) delete process.env[name];
  Object.assign(process.env, {
    AWS_CONFIG_FILE: '/nonexistent/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  answer = { status: 400, code: 'ValidationError' };
  asked = 0;
});
afterAll(() => {
  process.env = before;
});

function isOneSentence({ code, stdout, stderr }: Run, about: RegExp): void {
  expect(stderr).toMatch(/^copydesk: [^\n]+[.?]\n$/);
  expect(stderr).toMatch(about);
  expect(stderr).not.toMatch(/mistake in Copydesk|\bat /);
  expect(stdout).toBe('');
  expect(code).toBe(2);
}

const COMMANDS = [
  ['list'],
  ['show', 'world/ferry.txt'],
  ['status'],
  ['failures'],
  ['retry', '--yes'],
  ['withdraw', 'world/ferry.txt', '--yes'],
  ['restore', 'world/ferry.txt', '--yes'],
  ['correct', 'world/ferry.txt', '--headline', 'x', '--yes'],
  ['publish', 'world/ferry.txt'],
  ['publish', '--rebuild'],
];

test.each(COMMANDS)('%s %s says that there is no such stack', async (...args) => {
  isOneSentence(await run(...args.filter(Boolean), '--stack', 'Nope'), /There is no stack Nope in eu-west-1/);
  expect(asked).toBeGreaterThan(0);
});

test.each([
  [403, 'AccessDenied', /may not do this: As in the test\./],
  [400, 'QueueDoesNotExist', /AWS answered QueueDoesNotExist: As in the test\./],
  [403, 'ExpiredToken', /have expired: sign in again/],
  [403, 'InvalidClientTokenId', /does not know these credentials/],
  [403, 'SignatureDoesNotMatch', /secret access key is not the one/],
])('%i %s is one sentence', async (status, code, about) => {
  answer = { status, code };
  isOneSentence(await run('status', '--stack', 'Copydesk'), about);
});

test('no credentials', async () => {
  delete process.env.AWS_ACCESS_KEY_ID;
  isOneSentence(await run('status', '--stack', 'Copydesk'), /There are no AWS credentials/);
});

test('a profile that is not there', async () => {
  delete process.env.AWS_ACCESS_KEY_ID;
  isOneSentence(await run('status', '--profile', 'nosuch'), /There are no AWS credentials/);
});

test('no region', async () => {
  delete process.env.AWS_REGION;
  isOneSentence(await run('status', '--stack', 'Copydesk'), /No AWS region is set/);
});

// Not by a real socket: what node throws outside of jest's realm is no Error to what runs within.
test.each([
  [{ code: 'ECONNREFUSED', address: '127.0.0.1' }, '127.0.0.1 cannot be reached: is there a network?'],
  [{ code: 'ENOTFOUND', hostname: 'sqs.nowhere' }, 'sqs.nowhere cannot be reached: is there a network?'],
  [{ name: 'TimeoutError' }, 'AWS cannot be reached: is there a network?'],
])('no network: %j', (fields, sentence) => {
  const cause = Object.assign(new Error('connect'), fields);
  const error = new CopydeskError('table-other', 'The table failed', { cause });
  expect(awsTrouble(error)?.message).toBe(sentence);
  expect(awsTrouble(new TypeError('x is undefined'))).toBeUndefined();
});

test('what a message or a name of somebody else holds is no order to the terminal', async () => {
  const { stderr } = await run('status', '--region', '\u001b[2J\u202enone');
  expect(stderr).toMatch(/^copydesk: "[^\p{Cc}\u202e]+\n$/u);
});

test('a region that is none', async () => {
  isOneSentence(await run('status', '--region', 'not a region'), /"not a region" is no AWS region\./);
});

test('no pipeline on this machine', async () => {
  isOneSentence(
    await run('status', '--local'),
    /No Copydesk is running on .*: start one with "npm start"\.$/m,
  );
});

test('both a stack and this machine', async () => {
  isOneSentence(await run('status', '--local', '--stack', 'x'), /Choose one: --local or --stack\./);
});

test('whoever names a state folder is never given a stack instead', async () => {
  process.env.COPYDESK_STACK = 'Copydesk';
  isOneSentence(await run('status', '--state', 'none'), /No Copydesk is running on none: start one/);
  isOneSentence(await run('status', '--state', 'none', '--stack', 'x'), /Choose one: --state or --stack\./);
});

test('doctor says that no region is set as every command does', async () => {
  delete process.env.AWS_REGION;
  const { code, stdout } = await run('doctor', '--stack', 'Copydesk');
  expect(stdout).toMatch(/fail +credentials +No AWS region is set: name one with --region/);
  expect(code).toBe(2);
});

test('a whole rebuild and single articles are told apart', async () => {
  isOneSentence(
    await run('publish', 'world/ferry.txt', '--rebuild'),
    /Choose one: --rebuild, --all, or the articles/,
  );
});

test('help names defaults as one would type them', async () => {
  expect((await run('failures', '--help')).stdout).toMatch(/rejected since \(default: 30d\)/);
});

test('doctor tells what is wrong with the account, and exits with 2', async () => {
  answer = { status: 403, code: 'InvalidClientTokenId' };
  const { code, stdout, stderr } = await run('doctor', '--stack', 'Copydesk');
  expect(stdout).toMatch(/fail +credentials +AWS does not know these credentials\./);
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
});

test.each([
  ['list', '--limit', '0'],
  ['list', '--status', 'dead'],
  ['list', '--since', 'soon'],
  ['show'],
  ['withdraw'],
  ['status', '--nosuch'],
  ['completion', 'tcsh'],
])('%s %s is answered without looking for a deployment', async (...args) => {
  const { code, stderr, stdout } = await run(...args.filter(Boolean));
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^(?:error|copydesk): /);
  expect(asked).toBe(0);
});

/** What stands at the start of the lines of a help text that name a command or an option. */
const helped = async (pattern: RegExp, ...args: string[]) =>
  [...(await run(...args, '--help')).stdout.matchAll(pattern)].map(([, word = '']) => word);

/** Where the script for a shell offers a command, and where it offers an option with that command. */
const OFFERS: [
  shell: string,
  command: (name: string) => RegExp,
  option: (name: string, flag: string) => RegExp,
][] = [
  [
    'bash',
    name => new RegExp(`^ {4}words='(?:[a-z ]+ )?${name}[ ']`, 'm'),
    (name, flag) => new RegExp(`^ +${name}:-\\*:\\*\\) words='(?:[a-z0-9 -]+ )?--${flag}[ ']`, 'm'),
  ],
  [
    'zsh',
    name => new RegExp(`^commands=\\(.*'${name}:`, 'm'),
    (name, flag) => new RegExp(`^ +${name}\\) _arguments .*'\\*--${flag}\\[`, 'm'),
  ],
  [
    'fish',
    name => new RegExp(`^complete .*__fish_use_subcommand .*-a ${name} -d `, 'm'),
    (name, flag) => new RegExp(`^complete .*'__fish_seen_subcommand_from ${name}' -l ${flag} `, 'm'),
  ],
];

test.each(OFFERS)('completion %s names every command and its options', async (shell, ofCommand, ofOption) => {
  const { stdout } = await run('completion', shell);
  for (const word of ['withdraw', 'reprocess', 'put', 'doctor', 'rebuild', 'stack', 'scheduled'])
    expect(stdout).toContain(word);
  // The command `help` is commander's own.
  const names = (await helped(/^ {2}([a-z]+)/gm)).filter(name => name !== 'help');
  expect(names).toEqual(expect.arrayContaining(COMMANDS.map(([name]) => name)));
  for (const name of names) {
    expect([name, ofCommand(name).test(stdout)]).toEqual([name, true]);
    const flags = await helped(/^ {2}(?:-\w, )?--([a-z0-9-]+)/gm, name);
    expect(flags).toContain('help');
    for (const flag of flags)
      expect([name, flag, ofOption(name, flag).test(stdout)]).toEqual([name, flag, true]);
  }
});

test('a refused call names what it was about, also if S3 answers without words', () => {
  const refused = Object.assign(new Error('UnknownError'), {
    name: 'UnknownError',
    $metadata: { httpStatusCode: 403 },
  });
  const about = new CopydeskError('s3-forbidden', 'Could not look at s3://site/index.html: UnknownError', {
    subject: 'index.html',
    cause: refused,
  });
  expect(awsTrouble(about)?.message).toBe(
    'These AWS credentials may not do this: Could not look at s3://site/index.html: UnknownError. docs/security.md has policies.',
  );
});
