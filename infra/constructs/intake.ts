import { Aws, Duration, Size, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ingestSettings } from '../../shared/settings/settings.ts';
import { ENV, type INGEST_ENV } from '../../shared/stack/environment.ts';
import { wallSeconds } from '../../shared/stack/function-time.ts';
import { MAX_TRIES } from '../../shared/stack/message-retries.ts';
import { LiveFunction } from '../common/live-function.ts';
import { ParkingQueue } from '../common/parking-queue.ts';
import { type BucketOwnerProps, PrivateBucket } from '../common/private-bucket.ts';
import type { SiteHosting } from './site-hosting.ts';
import type { Storage } from './storage.ts';

/** Maximum files in a call. A call needs time for a batch of hostile files, so the number is small. */
const FILES_PER_CALL = 5;

/** Time to collect a batch, so that files that are saved together need few calls. No editor notices one second. */
const BATCHING_WINDOW = Duration.seconds(1);

/** Time for the cold start, and for reading and writing the files of a batch. */
const OVERHEAD = Duration.seconds(30);

const MAX_TIMEOUT_SECONDS = 900;

export interface IntakeProps extends BucketOwnerProps {
  storage: Storage;
  site: SiteHosting;
}

/** The bucket for copy, the queue of its events, and the ingest function. */
export class Intake extends Construct {
  readonly bucket: PrivateBucket;
  readonly queue: sqs.Queue;
  readonly deadLetters: ParkingQueue;
  readonly ingest: LiveFunction;
  /** Time for which a received message is hidden. After that time a failed message is tried again. */
  readonly visibilityTimeout: Duration;

  constructor(scope: Construct, id: string, { accessLogs, storage, site, settings }: IntakeProps) {
    super(scope, id);
    // Every file of a batch may use its whole budget. If that takes longer than the maximum timeout, ingest returns the
    // files for which it has no time.
    const batchSeconds = Math.ceil(
      FILES_PER_CALL * wallSeconds(settings.limits.parseSeconds, settings.deployment.ingestMemory),
    );
    const timeout = Duration.seconds(Math.min(batchSeconds + OVERHEAD.toSeconds(), MAX_TIMEOUT_SECONDS));
    // AWS advises six times the timeout, because throttled polls are repeated. Messages that fail without a crash are
    // tried again within seconds (shared/stack/message-retries.ts).
    this.visibilityTimeout = Duration.seconds(6 * timeout.toSeconds());

    this.deadLetters = new ParkingQueue(this, 'DeadLetters');
    this.queue = new sqs.Queue(this, 'Queue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // An event can have 64 KB, and a redriven message has more attributes. A higher limit costs nothing.
      maxMessageSizeBytes: Size.kibibytes(256).toBytes(),
      // A parked message keeps its age. After 4 days here, 10 of its 14 days in the dead-letter queue are left.
      retentionPeriod: Duration.days(4),
      visibilityTimeout: this.visibilityTimeout,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MAX_TRIES },
    });

    // Ingest reads the version that a message names. So versions stay longer than a message can wait in both queues.
    this.bucket = new PrivateBucket(this, 'Bucket', { settings, accessLogs, versioned: true });
    this.notifyQueue();

    const environment: Record<(typeof INGEST_ENV)[number], string> = {
      [ENV.table]: storage.table.tableName,
      [ENV.storageBucket]: storage.bucket.bucketName,
      [ENV.intakeBucket]: this.bucket.bucketName,
      [ENV.intakeQueue]: this.queue.queueUrl,
      [ENV.deadLetterQueue]: this.deadLetters.queueUrl,
      [ENV.baseUrl]: site.siteUrl,
      [ENV.settings]: JSON.stringify(ingestSettings(settings)),
      [ENV.stack]: Aws.STACK_NAME,
      [ENV.rejectedPercent]: String(settings.alarms.rejectedPercent),
    };
    this.ingest = new LiveFunction(this, 'Ingest', {
      entry: 'functions/ingest/lambda.ts',
      description: 'Copydesk: reads copy, writes articles.',
      memorySize: settings.deployment.ingestMemory,
      timeout,
      environment,
      settings,
    });
    this.ingest.live.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: FILES_PER_CALL,
        maxBatchingWindow: BATCHING_WINDOW,
        reportBatchItemFailures: true,
        // Reserved concurrency would throttle polls, and good messages would reach the dead-letter queue.
        maxConcurrency: settings.deployment.ingestConcurrency,
      }),
    );
    this.grant(storage);
  }

  /** Makes the bucket notify the queue without a custom resource. See docs/decisions/0002-bucket-to-queue.md. */
  private notifyQueue(): void {
    const bucket = this.bucket.node.defaultChild as s3.CfnBucket;
    this.queue.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('s3.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': bucketNames(bucket) },
        },
      }),
    );
    // Deletions by lifecycle rules have separate events.
    const events = ['s3:ObjectCreated:*', 's3:ObjectRemoved:*', 's3:LifecycleExpiration:*'];
    bucket.notificationConfiguration = {
      queueConfigurations: events.map(event => ({ event, queue: this.queue.queueArn })),
    };
    // S3 sends a test event to the queue. Without the permission for it, the deployment of the bucket fails.
    bucket.node.addDependency(this.queue.node.findChild('Policy'));
  }

  private grant({ bucket, table }: Storage): void {
    const { ingest } = this;
    ingest.allow(
      [this.bucket.arnForObjects('*')],
      ['s3:GetObject', 's3:GetObjectVersion'],
      'Editors choose the keys of copy: any object of the intake bucket may be one.',
    );
    // Without these actions S3 answers 403 instead of 404 for a missing object or version.
    ingest.allow([this.bucket.bucketArn], ['s3:ListBucket', 's3:ListBucketVersions']);
    ingest.allow(
      ['bodies/*', 'media/*'].map(keys => bucket.arnForObjects(keys)),
      ['s3:PutObject'],
      'Bodies too large for the table, and media without their metadata, under keys made from their content.',
    );
    ingest.allow(
      [bucket.arnForObjects('media/*')],
      ['s3:DeleteObject'],
      'The old content of a replaced or deleted picture, under a key made from that content.',
    );
    // Ingest parks a message with its reason. The event source already allows it to change a message's visibility.
    ingest.allow([this.deadLetters.queueArn], ['sqs:SendMessage']);
    // It sends itself the rest of a change that concerns thousands of articles.
    ingest.allow([this.queue.queueArn], ['sqs:SendMessage']);
    ingest.allow(
      [table.tableArn],
      [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
        // It finds the articles that refer to a picture, and the pictures next to a story.
        'dynamodb:Query',
      ],
    );
  }
}

/**
 * Pattern of the ARNs that a bucket of a stack can have. CloudFormation makes the name of a bucket from those of the stack
 * and the resource, in lower case. The policy cannot name the bucket, because the bucket waits for the policy.
 * The name of the stack is left open, because a stack can adopt the bucket of another one (infra/kept-data.ts).
 */
function bucketNames(bucket: s3.CfnBucket): string {
  const resource = Stack.of(bucket)
    .getLogicalId(bucket)
    .replace(/[0-9A-F]{8}$/, '');
  return `arn:${Aws.PARTITION}:s3:::*-${resource.toLowerCase()}*`;
}
