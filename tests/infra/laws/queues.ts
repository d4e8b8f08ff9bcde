import {
  allResources,
  liveFunction,
  many,
  resourcesOf,
  statementsOf,
  target,
  templateOf,
} from '../template.ts';

const template = templateOf();
const queues = resourcesOf(template, 'AWS::SQS::Queue');
const mappings = resourcesOf(template, 'AWS::Lambda::EventSourceMapping');

/** Queues where messages are parked: dead-letter queues of queues, and destinations of failed invocations. */
const parking = new Set(
  [
    ...queues.map(([, { Properties }]) => Properties.RedrivePolicy?.deadLetterTargetArn),
    ...mappings.map(([, { Properties }]) => Properties.DestinationConfig?.OnFailure?.Destination),
  ].flatMap(reference => target(reference) ?? []),
);

describe('queues', () => {
  test('there are queues, and queues for what failed', () => {
    expect(queues.length).toBeGreaterThan(parking.size);
    expect(parking.size).toBeGreaterThan(0);
  });

  test.each(queues)('%s has a dead-letter queue or is one', (id, { Properties }) => {
    if (parking.has(id)) return;
    expect(target(Properties.RedrivePolicy.deadLetterTargetArn)).toBeDefined();
    expect(Properties.RedrivePolicy.maxReceiveCount).toBeGreaterThanOrEqual(5);
  });

  test.each([...parking])('%s keeps messages for 14 days and rings at the first', id => {
    const properties = queues.find(([name]) => name === id)?.[1].Properties;
    expect(properties?.MessageRetentionPeriod).toBe(14 * 24 * 3600);
    const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').filter(
      ([, { Properties }]) =>
        Properties.MetricName === 'ApproximateNumberOfMessagesVisible' &&
        Properties.Dimensions.some((dimension: { Value: unknown }) => target(dimension.Value) === id),
    );
    expect(alarms.map(([, { Properties }]) => Properties.Threshold)).toEqual([0]);
  });

  test.each(queues)('%s is encrypted and wants TLS', (id, { Properties }) => {
    expect(Properties.SqsManagedSseEnabled).toBe(true);
    const denials = statementsOf(template).filter(
      ({ type, statement }) =>
        type === 'AWS::SQS::QueuePolicy' && statement.Effect === 'Deny' && target(statement.Resource) === id,
    );
    expect(denials.map(({ statement }) => statement.Condition)).toEqual([
      { Bool: { 'aws:SecureTransport': 'false' } },
    ]);
  });

  test('a queue that S3 writes takes the largest event, and drops none before its parking queue would', () => {
    for (const [id, { Properties }] of queues) {
      if (parking.has(id)) continue;
      expect(Properties.MaximumMessageSize).toBeGreaterThan(64 * 1024);
      expect(Properties.MessageRetentionPeriod).toBeLessThan(14 * 24 * 3600);
    }
  });

  test.each([0.1, 20, 33.3, 120])(
    'with %s s a file, messages stay hidden for six time-outs',
    parseSeconds => {
      const made = templateOf({ limits: { parseSeconds } });
      const functions = new Map(resourcesOf(made, 'AWS::Lambda::Function'));
      const hidden = new Map(resourcesOf(made, 'AWS::SQS::Queue'));
      let seen = 0;
      for (const [, { Properties }] of resourcesOf(made, 'AWS::Lambda::EventSourceMapping')) {
        const queue = hidden.get(target(Properties.EventSourceArn) ?? '');
        if (!queue) continue;
        seen++;
        const { Timeout } =
          functions.get(liveFunction(made, Properties.FunctionName) ?? '')?.Properties ?? {};
        expect(queue.Properties.VisibilityTimeout).toBe(6 * Timeout);
        // A batch in which every file takes the longest must not take its neighbours along.
        expect(Timeout).toBeGreaterThan(Properties.BatchSize * parseSeconds);
        expect(Timeout).toBeLessThanOrEqual(900);
      }
      expect(seen).toBe(1);
    },
  );

  test.each([512, 1_024, 1_769, 10_240])(
    'with %i MB a batch of slow files has time for its share of a processor',
    ingestMemory => {
      const made = templateOf({ deployment: { ingestMemory } });
      const [mapping] = resourcesOf(made, 'AWS::Lambda::EventSourceMapping').filter(
        ([, { Properties }]) => Properties.StartingPosition === undefined,
      );
      const functions = new Map(resourcesOf(made, 'AWS::Lambda::Function'));
      const { Timeout } =
        functions.get(liveFunction(made, mapping?.[1].Properties.FunctionName) ?? '')?.Properties ?? {};
      // Lambda gives a whole processor from 1,769 MB on, and less in proportion below. Files have a budget of CPU time.
      const cpuSeconds = mapping?.[1].Properties.BatchSize * 20;
      expect(Timeout * Math.min(1, ingestMemory / 1_769)).toBeGreaterThan(cpuSeconds);
    },
  );

  test('each source reports single failures; the queue bounds the concurrency of its readers', () => {
    for (const [, { Properties }] of mappings) {
      expect(Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      expect(Properties.MaximumBatchingWindowInSeconds).toBeGreaterThan(0);
    }
    const concurrency = mappings.flatMap(([, { Properties }]) => Properties.ScalingConfig ?? []);
    expect(concurrency).toEqual([{ MaximumConcurrency: expect.any(Number) }]);
    expect(concurrency[0].MaximumConcurrency).toBeGreaterThanOrEqual(2);
    // An account that is new has 10 in all.
    expect(concurrency[0].MaximumConcurrency).toBeLessThan(10);
  });

  test('a change record is never too old, and one that crashes each call is parked after bounded retries', () => {
    const streams = mappings.filter(([, { Properties }]) => Properties.StartingPosition);
    expect(streams).toHaveLength(1);
    for (const [, { Properties }] of streams) {
      expect(Properties).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        BisectBatchOnFunctionError: true,
      });
      expect(Properties.MaximumRetryAttempts).toBeGreaterThan(0);
      // The stream keeps records for a day. A call that crashes at its time limit must not hold up the others for it.
      expect(Properties.MaximumRetryAttempts * 15 * 60).toBeLessThan(12 * 3600);
      expect(Properties.MaximumRecordAgeInSeconds).toBe(-1);
      expect(parking).toContain(target(Properties.DestinationConfig.OnFailure.Destination));
    }
  });
});

describe('bucket to queue', () => {
  const watched = resourcesOf(template, 'AWS::S3::Bucket').filter(
    ([, { Properties }]) => Properties.NotificationConfiguration,
  );

  test('one bucket tells a queue of everything that is created or removed', () => {
    expect(watched).toHaveLength(1);
    const told = watched.flatMap(
      ([, { Properties }]) => Properties.NotificationConfiguration.QueueConfigurations,
    );
    expect(told.map(({ Event }) => Event)).toEqual([
      's3:ObjectCreated:*',
      's3:ObjectRemoved:*',
      // What a rule of the bucket deletes is no `ObjectRemoved`.
      's3:LifecycleExpiration:*',
    ]);
    for (const { Queue } of told) expect(parking).not.toContain(target(Queue));
  });

  test('only S3, for this bucket of this account, may write that queue; the bucket waits until it may', () => {
    const [[, bucket] = []] = watched;
    const queue = target(bucket?.Properties.NotificationConfiguration.QueueConfigurations[0].Queue);
    const grants = statementsOf(template).filter(
      ({ type, statement }) =>
        type === 'AWS::SQS::QueuePolicy' &&
        statement.Effect === 'Allow' &&
        target(statement.Resource) === queue,
    );
    expect(grants.map(({ statement }) => statement)).toEqual([
      expect.objectContaining({
        Action: 'sqs:SendMessage',
        Principal: { Service: 's3.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
          ArnLike: { 'aws:SourceArn': expect.anything() },
        },
      }),
    ]);
    expect(bucket?.DependsOn).toContain(grants[0]?.id);
    const source = JSON.stringify(grants[0]?.statement.Condition?.ArnLike?.['aws:SourceArn']);
    const [, name = ''] = /:s3:::([^"]+)"/.exec(source) ?? [];
    const pattern = new RegExp(`^${name.replaceAll('*', '.*')}$`);
    // CloudFormation names a bucket by its stack, its logical id and random letters, cut to 63 characters.
    const nameIn = (stack: string, id: string) => `${stack}-${id}-1x2y3z4a5b6c`.toLowerCase().slice(0, 63);
    const all = resourcesOf(template, 'AWS::S3::Bucket').map(([id]) => id);
    for (const stack of ['Copydesk', 'Copydesk-test', `Copydesk-${'x'.repeat(20)}`])
      expect(all.filter(id => pattern.test(nameIn(stack, id)))).toEqual([watched[0]?.[0]]);
    expect(['intake', 'my-uploads', 'other-bucket'].filter(bucket => pattern.test(bucket))).toEqual([]);
  });

  test('no custom resource, and nothing that writes buckets at deployment', () => {
    const types = allResources(template).map(([, { Type }]) => Type);
    expect(types.filter(type => type.startsWith('Custom::') || type.includes('CustomResource'))).toEqual([]);
  });

  test('no function writes the bucket that it is told of', () => {
    const [[intake] = []] = watched;
    const writes = statementsOf(template)
      .filter(({ type, statement }) => type === 'AWS::IAM::Policy' && statement.Effect === 'Allow')
      .filter(({ statement }) => JSON.stringify(statement.Resource).includes(String(intake)))
      .flatMap(({ statement }) => many(statement.Action));
    expect(writes.length).toBeGreaterThan(0);
    expect(writes.filter(action => /Put|Delete|Write/.test(action))).toEqual([]);
  });
});
