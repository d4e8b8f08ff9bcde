import { Aws, Duration, Size, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { functionSettings, type Settings } from '../../shared/settings/settings.ts';
import { ENV, type INGEST_ENV } from '../../shared/stack/environment.ts';
import { wallSeconds } from '../../shared/stack/function-time.ts';
import { MAX_TRIES } from '../../shared/stack/message-retries.ts';
import type { AccessLogs } from '../common/access-logs.ts';
import { CopydeskFunction } from '../common/copydesk-function.ts';
import { ParkingQueue } from '../common/parking-queue.ts';
import { PrivateBucket } from '../common/private-bucket.ts';
import type { Storage } from './storage.ts';

/** Files in a call. A call must have time for a batch of hostile files, so the number is small. */
const FILES_PER_CALL = 5;

/** Time to collect a batch. It makes few calls of files saved together, and no editor notices the delay. */
const BATCHING_WINDOW = Duration.seconds(1);

/** Time for the cold start, and for reading and writing the files of a batch. */
const OVERHEAD = Duration.seconds(30);

/** Maximum timeout of a Lambda function. */
const MAX_TIMEOUT_SECONDS = 900;

export interface IntakeProps {
  accessLogs: AccessLogs | undefined;
  storage: Storage;
  settings: Settings;
}

/** The bucket for copy, the queue of its events, and the ingest function. */
export class Intake extends Construct {
  readonly bucket: PrivateBucket;
  readonly queue: sqs.Queue;
  readonly deadLetters: ParkingQueue;
  readonly ingest: CopydeskFunction;
  /** How long a received message stays hidden. Then a failed message is tried again. */
  readonly visibilityTimeout: Duration;

  constructor(scope: Construct, id: string, { accessLogs, storage, settings }: IntakeProps) {
    super(scope, id);
    // Time for a batch in which every file uses its whole budget. If that exceeds the maximum timeout, ingest returns
    // the files that it has no time for.
    const batchSeconds = Math.ceil(
      FILES_PER_CALL * wallSeconds(settings.limits.parseSeconds, settings.deployment.ingestMemory),
    );
    const timeout = Duration.seconds(Math.min(batchSeconds + OVERHEAD.toSeconds(), MAX_TIMEOUT_SECONDS));
    // Six times the timeout, as AWS advises, because throttled polls are repeated. Messages that fail without a crash
    // are tried again within seconds: shared/stack/message-retries.ts.
    this.visibilityTimeout = Duration.seconds(6 * timeout.toSeconds());

    this.deadLetters = new ParkingQueue(this, 'DeadLetters');
    this.queue = new sqs.Queue(this, 'Queue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // An event can have 64 KB, and a redriven message has more attributes. 256 KB cost nothing.
      maxMessageSizeBytes: Size.kibibytes(256).toBytes(),
      // A parked message keeps its age: after 4 days here it has 10 of 14 days in the dead-letter queue.
      retentionPeriod: Duration.days(4),
      visibilityTimeout: this.visibilityTimeout,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MAX_TRIES },
    });

    this.bucket = new PrivateBucket(this, 'Bucket', {
      settings,
      accessLogs,
      versioned: true,
      lifecycleRules: [
        {
          // Longer than a message can wait in both queues, because ingest reads the version that the message names.
          noncurrentVersionExpiration: Duration.days(settings.deployment.copyDays),
          expiredObjectDeleteMarker: true,
        },
      ],
    });
    this.notifyQueue();

    const environment: Record<(typeof INGEST_ENV)[number], string> = {
      [ENV.table]: storage.table.tableName,
      [ENV.storageBucket]: storage.bucket.bucketName,
      [ENV.intakeQueue]: this.queue.queueUrl,
      [ENV.deadLetterQueue]: this.deadLetters.queueUrl,
      [ENV.settings]: JSON.stringify(functionSettings(settings)),
      [ENV.stack]: Aws.STACK_NAME,
      [ENV.rejectedPercent]: String(settings.alarms.rejectedPercent),
    };
    this.ingest = new CopydeskFunction(this, 'Ingest', {
      entry: 'functions/ingest/lambda.ts',
      description: 'Copydesk: reads copy, writes articles.',
      memorySize: settings.deployment.ingestMemory,
      timeout,
      environment,
      settings,
    });
    this.ingest.function.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: FILES_PER_CALL,
        maxBatchingWindow: BATCHING_WINDOW,
        reportBatchItemFailures: true,
        // Not reserved concurrency: it would throttle polls, and good messages would reach the dead-letter queue.
        maxConcurrency: settings.deployment.ingestConcurrency,
      }),
    );
    this.grant(storage);
  }

  /**
   * Makes the bucket notify the queue by its own property, which needs no custom resource and no second stack. See
   * docs/decisions/0002-bucket-to-queue.md.
   */
  private notifyQueue(): void {
    this.queue.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('s3.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    const bucket = this.bucket.node.defaultChild as s3.CfnBucket;
    bucket.notificationConfiguration = {
      // Deletions by lifecycle rules have events of their own.
      queueConfigurations: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*', 's3:LifecycleExpiration:*'].map(
        event => ({
          event,
          queue: this.queue.queueArn,
        }),
      ),
    };
    // S3 sends a test event to the queue, and the bucket fails without permission for it.
    bucket.node.addDependency(this.queue.node.findChild('Policy'));
  }

  private grant({ bucket, table }: Storage): void {
    const { ingest } = this;
    ingest.allow(
      [this.bucket.arnForObjects('*')],
      ['s3:GetObject', 's3:GetObjectVersion'],
      'Editors choose the keys of copy: any object of the intake bucket may be one.',
    );
    // Without these S3 answers 403 instead of 404 for a missing object or version.
    ingest.allow([this.bucket.bucketArn], ['s3:ListBucket', 's3:ListBucketVersions']);
    ingest.allow(
      ['bodies/*', 'media/*'].map(keys => bucket.arnForObjects(keys)),
      ['s3:PutObject'],
      'Bodies too large for the table, and media without their metadata, under keys made from their content.',
    );
    ingest.allow(
      [bucket.arnForObjects('media/*')],
      ['s3:DeleteObject'],
      'What a picture was before it was replaced or deleted, under a key made from its content.',
    );
    // Ingest parks a message with its reason. As a consumer of the queue it may already change a message's visibility.
    ingest.allow([this.deadLetters.queueArn], ['sqs:SendMessage']);
    ingest.allow(
      [table.tableArn],
      [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
        // Finds the articles that refer to a picture, and the pictures next to a story.
        'dynamodb:Query',
      ],
    );
  }
}
