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

/** Files a call. Few, because a call must have time for a batch in which every file is a hostile one. */
const BATCH_SIZE = 5;

/** A second: many files saved together become few calls, and no editor notices. */
const BATCHING_WINDOW = Duration.seconds(1);

/** For the cold start, and for reading and writing the files of a batch. */
const OVERHEAD = Duration.seconds(30);

/** The longest that Lambda lets a function run. */
const MAX_TIMEOUT_SECONDS = 900;

export interface IntakeProps {
  accessLogs: AccessLogs | undefined;
  storage: Storage;
  settings: Settings;
}

/** The way in: the bucket for copy, the queue of what happened in it, and the function that reads it. */
export class Intake extends Construct {
  readonly bucket: PrivateBucket;
  readonly queue: sqs.Queue;
  readonly deadLetters: ParkingQueue;
  readonly ingest: CopydeskFunction;
  /** How long a message stays hidden once it was taken: after it, a failed one is tried again. */
  readonly visibilityTimeout: Duration;

  constructor(scope: Construct, id: string, { accessLogs, storage, settings }: IntakeProps) {
    super(scope, id);
    // What a batch needs in which every file uses up its budget. Where that is more than a function may run, ingest
    // gives back the files that it has no time for.
    const batchSeconds = Math.ceil(
      BATCH_SIZE * wallSeconds(settings.limits.parseSeconds, settings.deployment.ingestMemory),
    );
    const timeout = Duration.seconds(Math.min(batchSeconds + OVERHEAD.toSeconds(), MAX_TIMEOUT_SECONDS));
    // Six times, as AWS advises: a poll that is throttled needs time to be repeated. What fails in any other way than by
    // the end of its function is tried again within seconds: shared/stack/message-retries.ts.
    this.visibilityTimeout = Duration.seconds(6 * timeout.toSeconds());

    this.deadLetters = new ParkingQueue(this, 'DeadLetters');
    this.queue = new sqs.Queue(this, 'Queue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // An event can have 64 KB, and a redriven one some attributes more; 256 KB cost nothing.
      maxMessageSizeBytes: Size.kibibytes(256).toBytes(),
      // A parked message keeps its age: 4 of the 14 days here leave 10 there.
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
          // Longer than a message can wait in both queues, because ingest reads the version that it names.
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
        batchSize: BATCH_SIZE,
        maxBatchingWindow: BATCHING_WINDOW,
        reportBatchItemFailures: true,
        // Never reserved concurrency: it would throttle polls, and good messages would end among the dead.
        maxConcurrency: settings.deployment.ingestConcurrency,
      }),
    );
    this.grant(storage);
  }

  /**
   * The bucket notifies the queue by its own property: no custom resource, no second stack. See
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
      // What a rule of the bucket deletes has events of its own.
      queueConfigurations: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*', 's3:LifecycleExpiration:*'].map(
        event => ({
          event,
          queue: this.queue.queueArn,
        }),
      ),
    };
    // S3 sends a test event when it is told of the queue, and refuses the bucket if it may not.
    bucket.node.addDependency(this.queue.node.findChild('Policy'));
  }

  private grant({ bucket, table }: Storage): void {
    const { ingest } = this;
    ingest.allow(
      [this.bucket.arnForObjects('*')],
      ['s3:GetObject', 's3:GetObjectVersion'],
      'Editors choose the keys of copy: any object of the intake bucket may be one.',
    );
    // Without them S3 answers 403 where it means 404: of an object that is gone, and of a version that is.
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
    // To park a message with its reason. To change when one comes again, it may as a reader of the queue.
    ingest.allow([this.deadLetters.queueArn], ['sqs:SendMessage']);
    ingest.allow(
      [table.tableArn],
      [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
        // Who refers to a picture, and which pictures lie beside a story.
        'dynamodb:Query',
      ],
    );
  }
}
