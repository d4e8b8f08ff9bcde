import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { SQSRecord } from 'aws-lambda';
import { type Command, InvalidArgumentError } from 'commander';
import sharp from 'sharp';
import { localHandlers } from '../../local/handlers.ts';
import { openInProcess } from '../../local/in-process.ts';
import { LOCAL_BUCKETS } from '../../local/names.ts';
import { LOG_EVENTS, type LogLine } from '../../shared/aws/telemetry.ts';
import { readSettings } from '../../shared/settings/settings.ts';
import { writeCopy } from '../build/copy.ts';
import { progress, table } from '../table.ts';

/** Messages that Lambda gives to one call: the batch size of the queue. */
const BATCH = 10;

/** Texts of each batch. Beside them are as many pictures as fill the batch, or none. */
const TEXTS = 2;

/** Size of a small picture in pixels. */
const WIDTH = 320;
const HEIGHT = 240;

/** Batches before the first that counts: the code is loaded and optimised. */
const WARM_UP = 10;

/** `npm run bench -- ingest`: whether texts wait for the pictures that arrive with them. */
export function addIngest(program: Command): void {
  program
    .command('ingest')
    .description('time of a text from its message to its record, alone and in batches with small pictures')
    .option('--pictures <number>', 'small pictures', wholeNumber, 1_000)
    .action(run);
}

async function run({ pictures }: { pictures: number }): Promise<void> {
  const batches = Math.ceil(pictures / (BATCH - TEXTS));
  const lines: LogLine[] = [];
  const messages: SQSRecord[] = [];
  const services = await openInProcess({
    handlers: () => ({
      // The messages are collected here, and given to the function in batches.
      ingest: async ({ Records }) => {
        messages.push(...Records);
        return { batchItemFailures: [] };
      },
      publish: async () => ({ batchItemFailures: [] }),
    }),
  });
  const { ingest } = localHandlers(services, {
    settings: readSettings({}),
    baseUrl: 'https://news.example.org',
    log: line => void lines.push(line),
  });
  try {
    const alone = await uploadTexts(services.s3, 'alone', WARM_UP + batches);
    const beside = await uploadTexts(services.s3, 'beside', WARM_UP + batches);
    const among = await uploadTexts(services.s3, 'among', WARM_UP + batches);
    const others = await uploadTexts(services.s3, 'others', ((WARM_UP + batches) * (BATCH - TEXTS)) / TEXTS);
    const small = await uploadPictures(services.s3, (WARM_UP + batches) * (BATCH - TEXTS));
    await services.idle();
    const byKey = new Map(messages.map(message => [keyOf(message), message]));
    const call = async (keys: readonly string[]) => {
      const records = keys.map(key => byKey.get(key)).filter(message => message !== undefined);
      await ingest({ Records: records });
    };
    for (let batch = 0; batch < WARM_UP + batches; batch++) {
      progress(`batch ${batch + 1} of ${WARM_UP + batches}`);
      if (batch === WARM_UP) lines.length = 0;
      const texts = (keys: readonly string[]) => keys.slice(batch * TEXTS, (batch + 1) * TEXTS);
      // In turns, so that other work on the machine slows both.
      await call(texts(alone));
      const rest = (keys: readonly string[]) =>
        keys.slice(batch * (BATCH - TEXTS), (batch + 1) * (BATCH - TEXTS));
      await call([...rest(others), ...texts(among)]);
      await call([...rest(small), ...texts(beside)]);
    }
    progress('');
    const times = (folder: string) =>
      lines
        .filter(({ event, key }) => event === LOG_EVENTS.ingested && String(key).startsWith(`${folder}/`))
        .map(({ ms }) => Number(ms))
        .sort((a, b) => a - b);
    const [before, after, media] = [times('alone'), times('beside'), times('pictures')];
    const row = (name: string, given: number[]) => [
      name,
      String(given.length),
      String(quantile(given, 0.5)),
      String(quantile(given, 0.9)),
      (quantile(given, 0.5) / quantile(before, 0.5)).toFixed(2),
    ];
    process.stdout.write(
      table(
        ['', 'files', 'p50 ms', 'p90 ms', 'ratio of p50'],
        [
          row(`${TEXTS} texts alone`, before),
          row(`${TEXTS} texts beside ${BATCH - TEXTS} texts`, times('among')),
          row(`${TEXTS} texts beside ${BATCH - TEXTS} pictures`, after),
          row('pictures', media),
        ],
      ),
    );
  } finally {
    await services.close();
  }
}

async function uploadTexts(s3: S3Client, folder: string, batches: number): Promise<string[]> {
  const dir = await mkdtemp(path.join(tmpdir(), 'copydesk-bench-'));
  try {
    await writeCopy(dir, batches * TEXTS);
    const files = (await readdir(dir, { recursive: true })).filter(file => file.endsWith('.md')).sort();
    const keys: string[] = [];
    for (const file of files) {
      // A word of its own: the texts of both folders would be duplicates.
      const body = `${await readFile(path.join(dir, file), 'utf8')}\n\nThis one was ${folder}.\n`;
      const key = `${folder}/${file.split(path.sep).join('/')}`;
      await s3.send(new PutObjectCommand({ Bucket: LOCAL_BUCKETS.intake, Key: key, Body: body }));
      keys.push(key);
    }
    return keys;
  } finally {
    await rm(dir, { recursive: true });
  }
}

async function uploadPictures(s3: S3Client, count: number): Promise<string[]> {
  const keys: string[] = [];
  for (let number = 0; number < count; number++) {
    progress(`picture ${number + 1} of ${count}`);
    const background = { r: number % 256, g: (number >> 4) % 256, b: 128 };
    const body = await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background } })
      .jpeg()
      .toBuffer();
    const key = `pictures/picture-${number}.jpg`;
    await s3.send(new PutObjectCommand({ Bucket: LOCAL_BUCKETS.intake, Key: key, Body: body }));
    keys.push(key);
  }
  return keys;
}

function keyOf({ body }: SQSRecord): string {
  const { Records } = JSON.parse(body) as { Records: { s3: { object: { key: string } } }[] };
  return decodeURIComponent(Records[0]?.s3.object.key.replaceAll('+', ' ') ?? '');
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a whole number above 0.');
  return Number(text);
}
