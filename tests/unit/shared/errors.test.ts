import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { awsFault, guarded } from '../../../shared/aws/aws-errors.ts';
import { LIMITS } from '../../../shared/aws/clients.ts';
import { ERROR_CODES } from '../../../shared/errors/error-codes.ts';
import { CopydeskError, reportOf } from '../../../shared/errors/errors.ts';
import { REJECTION_CODES } from '../../../shared/model/article.ts';
import { MAX_TRIES, pauseAfter } from '../../../shared/stack/message-retries.ts';
import { longestCall, longestSilence } from '../../support/call-limits.ts';

/** An error of the network, as Node and the SDK give it. */
const network = (code: string) =>
  Object.assign(new Error(`connect ${code} 10.0.0.1:443`), { code, errno: -111 });

test.each([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])('%s may succeed later, also where another error wraps it', async code => {
  expect(awsFault(network(code))).toBe('busy');
  expect(awsFault(new Error('The call failed.', { cause: network(code) }))).toBe('busy');
  await expect(
    guarded('s3', 'a', 'Could not read', () => Promise.reject(network(code))),
  ).rejects.toMatchObject({
    code: 's3-busy',
    retryable: true,
    cause: { code },
  });
});

test.each([
  ['socket hang up', { code: 'ECONNRESET' }],
  ['socket hang up', {}],
  ['Request aborted', { name: 'AbortError' }],
  ['no answer', { name: 'TimeoutError' }],
  ['expired', { name: 'ExpiredTokenException', $metadata: { httpStatusCode: 400 } }],
])('%s (%j) may succeed later', (message, fields) => {
  expect(awsFault(Object.assign(new Error(message), fields))).toBe('busy');
});

test.each([
  ['AccessDeniedException', 400, 'forbidden'],
  ['UnknownError', 403, 'forbidden'],
  ['ValidationException', 400, 'refused'],
  ['ResourceNotFoundException', 400, 'refused'],
  ['NoSuchBucket', 404, 'refused'],
  ['UnknownError', 404, 'missing'],
])('%s (%i) is %s', (name, httpStatusCode, fault) => {
  expect(awsFault(Object.assign(new Error(name), { name, $metadata: { httpStatusCode } }))).toBe(fault);
});

test('what nobody knows is tried again; what is denied or refused is not', () => {
  expect(awsFault(new Error('strange'))).toBe('other');
  for (const service of ['s3', 'table', 'queue'] as const)
    expect(
      (['busy', 'other', 'forbidden', 'refused'] as const).map(
        fault => ERROR_CODES[`${service}-${fault}`].retryable,
      ),
    ).toEqual([true, true, false, false]);
});

test('each code says in sentences what it means and what to do; no rejection is retried', () => {
  for (const [code, { meaning, action }] of Object.entries(ERROR_CODES))
    for (const text of [meaning, action]) expect(`${code}: ${text}`).toMatch(/: [A-Z"].+[."]$/);
  for (const code of REJECTION_CODES) expect(ERROR_CODES[code].retryable).toBe(false);
});

describe('what is told of an error', () => {
  test('a fault of our own has a stack, and may succeed later', () => {
    const report = reportOf(new TypeError('x is undefined'));
    expect(report).toMatchObject({ code: 'internal', retryable: true, message: 'x is undefined' });
    expect(report.stack).toContain('errors.test.ts');
  });

  test('a fault of our own within a call to a service has its stack too', async () => {
    const error = await guarded('table', 'a', 'The table failed', async () => Object(undefined).a.b).catch(
      e => e,
    );
    expect(reportOf(error)).toMatchObject({
      code: 'table-other',
      subject: 'a',
      stack: expect.stringContaining('TypeError'),
    });
  });

  test('an answer of a service has its causes and no stack', async () => {
    const error = await guarded('s3', 'a.txt', 'Could not read', () =>
      Promise.reject(network('ECONNRESET')),
    ).catch(e => e);
    expect(reportOf(error)).toEqual({
      code: 's3-busy',
      retryable: true,
      message: 'Could not read: connect ECONNRESET 10.0.0.1:443',
      subject: 'a.txt',
      causes: ['Error: connect ECONNRESET 10.0.0.1:443'],
      stack: undefined,
    });
  });

  test('it is short, whatever was thrown, and a cycle of causes ends', () => {
    const error = new Error('x'.repeat(100_000));
    error.cause = error;
    const report = reportOf(error);
    expect(JSON.stringify(report).length).toBeLessThan(30_000);
    expect(reportOf('a word').message).toBe('a word');
    expect(reportOf(undefined)).toMatchObject({ code: 'internal', retryable: true });
    expect(new CopydeskError('internal', '').retryable).toBe(true);
  });
});

test('a message that fails is tried again within seconds, then less and less often, and outlasts an outage of 20 minutes', () => {
  const pauses = (random: number) =>
    Array.from({ length: MAX_TRIES - 1 }, (_, at) => pauseAfter(at + 1, () => random));
  expect(pauses(0.999)[0]).toBeLessThanOrEqual(2);
  expect(Math.min(...pauses(0))).toBeGreaterThanOrEqual(1);
  for (const random of [0, 0.999]) expect([...pauses(random)].sort((a, b) => a - b)).toEqual(pauses(random));
  expect(pauses(0.5).reduce((sum, pause) => sum + pause)).toBeGreaterThan(20 * 60);
  // SQS takes whole seconds, up to twelve hours.
  for (const pause of pauses(0.3)) expect(Number.isInteger(pause) && pause < 12 * 3600).toBe(true);
  expect(pauses(0)).not.toEqual(pauses(0.999));
});

test('every client of AWS is made with time limits', () => {
  const made = ['cli', 'functions', 'infra', 'local', 'shared'].flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => /\.tsx?$/.test(name))
      .map(name => path.join(folder, name))
      .filter(file => /new \w*Client\(/.test(readFileSync(file, 'utf8'))),
  );
  // The first is where they are made. The second wraps one for a table.
  expect(made.sort()).toEqual(['shared/aws/clients.ts', 'shared/table/articles.ts']);
});

test('the limits of a function add up to less than 15 seconds', () => {
  const { function: limits } = LIMITS;
  // One call to a server that sends a byte now and then, with all retries.
  expect(longestCall(limits)).toBeLessThan(15_000);
  // A call that fails on a silent server, and the one that then notes or delays the work, on a silent server too.
  expect(2 * longestSilence(limits)).toBeLessThan(15_000);
});
