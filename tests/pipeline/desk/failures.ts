import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { changeTo } from '../../../functions/publish/model/change.ts';
import { rememberChange } from '../../../functions/publish/states/unpublished.ts';
import { at, event, ferry, until } from './at-desk.ts';

export function failuresTests(): void {
  test('dead letters are seen without being moved, and go back to the intake once', async () => {
    const { clients, outputs } = at.laptop.deployment;
    expect((await at.run('retry', '--yes')).stdout).toMatch(/^Nothing waits to be tried again/);
    const { version } = await ferry();
    for (const key of ['world/ferry.md', 'world/gone.md'])
      await clients.sqs.send(
        new SendMessageCommand({
          QueueUrl: outputs.deadLetterQueue,
          MessageBody: event(key, 'F'.repeat(16)),
        }),
      );
    for (let look = 0; look < 2; look++) {
      const { stdout, code } = await at.run('failures', '--json');
      expect(code).toBe(1);
      const { deadLetters, rejected } = JSON.parse(stdout);
      expect(
        deadLetters.map((letter: { events: { key: string }[] }) => letter.events[0]?.key).sort(),
      ).toEqual(['world/ferry.md', 'world/gone.md']);
      expect(rejected).toEqual([expect.objectContaining({ key: 'town/empty.txt' })]);
    }
    expect(await at.run('retry', 'world/other.md', '--yes')).toMatchObject({
      code: 1,
      stderr: 'There is no dead letter of world/other.md: "copydesk failures" shows them.\n',
    });
    expect(await at.run('retry', '--all', 'world/gone.md', '--yes')).toMatchObject({ code: 2 });
    expect((await at.run('retry', 'world/gone.md', '--yes')).stdout).toContain('1 left where they were');
    const { stdout, code } = await at.run('retry', '--all', '--yes');
    expect(stdout).toBe('tried again  world/ferry.md\n1 dead letter sent to the intake again.\n');
    expect(code).toBe(0);
    await until(async () => (await ferry()).version > version);

    const garbage = { QueueUrl: outputs.deadLetterQueue, MessageBody: 'garbage' };
    const { MessageId = '' } = await clients.sqs.send(new SendMessageCommand(garbage));
    expect(await at.run('retry', '--discard', '--yes')).toMatchObject({ code: 2 });
    expect(await at.run('retry', '--discard', MessageId, '--yes')).toMatchObject({
      code: 0,
      stdout: `discarded  ${MessageId}\n1 dead letter deleted.\n`,
    });
    expect(JSON.parse((await at.run('status', '--json')).stdout)).toMatchObject({ deadLetters: 0 });
  });

  test('a message that was parked with its reason shows it, and what to do', async () => {
    const { clients, outputs } = at.laptop.deployment;
    const said = (StringValue: string) => ({ DataType: 'String', StringValue });
    await clients.sqs.send(
      new SendMessageCommand({
        QueueUrl: outputs.deadLetterQueue,
        MessageBody: event('world/ferry.md', 'F'.repeat(16)),
        MessageAttributes: {
          code: said('s3-forbidden'),
          reason: said('Could not read s3://intake/world/ferry.md: Access Denied'),
          sentAt: said('2020-01-01T00:00:00.000Z'),
        },
      }),
    );
    const { stdout } = await at.run('failures');
    expect(stdout).toMatch(/world\/ferry\.md +created +\d+d +\w{16} +s3-forbidden\n/);
    expect(stdout).toMatch(/s3-forbidden: Could not read s3:.+Access Denied.+policies of the role/);
    const { deadLetters } = JSON.parse((await at.run('failures', '--json')).stdout);
    expect(deadLetters).toMatchObject([{ code: 's3-forbidden', sentAt: '2020-01-01T00:00:00.000Z' }]);
    expect((await at.run('retry', '--yes')).stdout).toContain('1 dead letter sent to the intake again.');
  });

  test('a change that could not be published is listed with its reason, and published by a retry', async () => {
    const { articles } = at.laptop.deployment;
    const { id } = await ferry();
    // A time to come, so that no tick of the laptop tries it first.
    const failure = { isGone: false, error: new Error('S3 was away.'), now: '2099-01-01T00:00:00.000Z' };
    await rememberChange(changeTo(id), failure, articles);
    const { stdout, code } = await at.run('failures');
    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`world/ferry\\.md +0s +1 +${id} +S3 was away\\.`));
    expect(JSON.parse((await at.run('failures', '--json')).stdout).unpublished).toEqual([
      expect.objectContaining({ id, key: 'world/ferry.md', tries: 1, isGone: false, code: 'internal' }),
    ]);
    expect(JSON.parse((await at.run('status', '--json')).stdout)).toMatchObject({ unpublished: 1 });
    expect(await at.run('retry', '--yes')).toMatchObject({ code: 0, stdout: '1 change published.\n' });
    expect(JSON.parse((await at.run('status', '--json')).stdout)).toMatchObject({ unpublished: 0 });
  });

  test('a failed publish is mended by a rebuild', async () => {
    const { clients, outputs } = at.laptop.deployment;
    await clients.sqs.send(
      new SendMessageCommand({
        QueueUrl: outputs.publishFailureQueue,
        MessageBody: JSON.stringify({ DDBStreamBatchInfo: { batchSize: 3 } }),
      }),
    );
    const { stdout } = await at.run('retry', '--yes');
    expect(stdout).toMatch(/The site is rebuilt: 2 articles looked at/);
    expect(JSON.parse((await at.run('status', '--json')).stdout)).toMatchObject({ publishFailures: 0 });
  });
}
