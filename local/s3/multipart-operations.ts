import { createHash } from 'node:crypto';
import { keyEncoder, readDocument } from './bucket-operations.ts';
import { checkWrite } from './conditions.ts';
import {
  copySourceOf,
  type ObjectContext,
  openSource,
  readCopySource,
  storedHeaders,
  versionHeader,
} from './object-operations.ts';
import { readRange } from './range.ts';
import { send } from './reply.ts';
import { receiveBody, type StagedBody, stageStream } from './store/body.ts';
import {
  chooseParts,
  createUpload,
  dropUpload,
  joinParts,
  listParts,
  listUploads,
  readPartNumber,
  readUpload,
  savePart,
} from './store/multipart.ts';
import { readParts, tag, xmlDocument } from './xml.ts';

/** Maximum size of a CompleteMultipartUpload document: ten thousand parts with their checksums. */
const MAX_COMPLETE_DOCUMENT_BYTES = 4_000_000;

export async function createMultipartUpload(context: ObjectContext): Promise<void> {
  const { request, response, bucket, key } = context;
  const upload = await createUpload(bucket.uploadsDir, key, storedHeaders(request.headers));
  const algorithm = request.headers['x-amz-checksum-algorithm'];
  send(response, {
    headers: { 'x-amz-checksum-algorithm': typeof algorithm === 'string' ? algorithm : undefined },
    xml: xmlDocument(
      'InitiateMultipartUploadResult',
      tag('Bucket', bucket.name),
      tag('Key', key),
      tag('UploadId', upload.id),
    ),
  });
}

export async function uploadPart(context: ObjectContext): Promise<void> {
  const { request, response, bucket, key } = context;
  const number = readPartNumber(request.query.get('partNumber'));
  const upload = await readUpload(bucket.uploadsDir, request.query.get('uploadId') ?? '', key);
  if (request.headers['x-amz-copy-source'] === undefined) {
    const body = await receiveBody(request.body, request.headers, bucket.stagingFile());
    await savePart(bucket.uploadsDir, upload, number, body);
    const checksum = body.checksum && { [body.checksum.header]: body.checksum.value };
    send(response, { headers: { etag: `"${body.md5}"`, ...checksum } });
    return;
  }
  const body = await stageCopy(context);
  await savePart(bucket.uploadsDir, upload, number, body);
  const now = tag('LastModified', new Date().toISOString());
  send(response, { xml: xmlDocument('CopyPartResult', now, tag('ETag', `"${body.md5}"`)) });
}

export async function completeMultipartUpload(context: ObjectContext): Promise<void> {
  const { request, response, bucket, key } = context;
  const upload = await readUpload(bucket.uploadsDir, request.query.get('uploadId') ?? '', key);
  const named = readParts(await readDocument(request, MAX_COMPLETE_DOCUMENT_BYTES));
  const parts = chooseParts(await listParts(bucket.uploadsDir, upload), named);
  // The check before the join saves work. The check under the lock decides.
  checkWrite(request.headers, bucket.current(key));
  const body = await stageStream(joinParts(parts), bucket.stagingFile());
  const version = await bucket.put(
    key,
    { body, headers: upload.headers, etag: multipartEtag(parts.map(({ etag }) => etag)) },
    current => checkWrite(request.headers, current),
    made => context.announce('ObjectCreated:CompleteMultipartUpload', key, made),
  );
  await dropUpload(bucket.uploadsDir, upload);
  const location = `http://${request.headers.host}/${bucket.name}/${encodeURIComponent(key)}`;
  send(response, {
    headers: versionHeader(bucket, version),
    xml: xmlDocument(
      'CompleteMultipartUploadResult',
      tag('Location', location),
      tag('Bucket', bucket.name),
      tag('Key', key),
      tag('ETag', `"${version.etag}"`),
    ),
  });
}

export async function abortMultipartUpload({ request, response, bucket, key }: ObjectContext): Promise<void> {
  const upload = await readUpload(bucket.uploadsDir, request.query.get('uploadId') ?? '', key);
  await dropUpload(bucket.uploadsDir, upload);
  send(response, { status: 204 });
}

/** ListParts. All parts are in one page, because there are at most ten thousand. */
export async function listUploadParts({ request, response, bucket, key }: ObjectContext): Promise<void> {
  const upload = await readUpload(bucket.uploadsDir, request.query.get('uploadId') ?? '', key);
  const parts = (await listParts(bucket.uploadsDir, upload)).map(({ number, lastModified, etag, size }) => {
    const times = [tag('PartNumber', number), tag('LastModified', lastModified)];
    return tag('Part', ...times, tag('ETag', `"${etag}"`), tag('Size', size));
  });
  const about = [tag('Bucket', bucket.name), tag('Key', key), tag('UploadId', upload.id)];
  send(response, { xml: xmlDocument('ListPartsResult', ...about, tag('IsTruncated', false), ...parts) });
}

/** ListMultipartUploads. All uploads are in one page. */
export async function listMultipartUploads(context: Omit<ObjectContext, 'key'>): Promise<void> {
  const { request, response, bucket } = context;
  const encode = keyEncoder(request.query.get('encoding-type'));
  const prefix = request.query.get('prefix') ?? '';
  const uploads = (await listUploads(bucket.uploadsDir)).filter(({ key }) => key.startsWith(prefix));
  const entries = uploads.map(({ id, key }) => tag('Upload', tag('Key', encode(key)), tag('UploadId', id)));
  const about = [tag('Bucket', bucket.name), tag('IsTruncated', false)];
  send(response, { xml: xmlDocument('ListMultipartUploadsResult', ...about, ...entries) });
}

/** Entity tag of an object made of parts: the MD5 of the parts' MD5s, a hyphen and the number of parts. */
function multipartEtag(etags: readonly string[]): string {
  const hash = createHash('md5');
  for (const etag of etags) hash.update(Buffer.from(etag, 'hex'));
  return `${hash.digest('hex')}-${etags.length}`;
}

async function stageCopy(context: ObjectContext): Promise<StagedBody> {
  const { request, bucket } = context;
  const { version, bytes } = await openSource(
    readCopySource({ ...context, source: copySourceOf(request) }),
    request.headers,
  );
  try {
    const header = request.headers['x-amz-copy-source-range'];
    const range = readRange(typeof header === 'string' ? header : undefined, version.size);
    return await stageStream(bytes.createReadStream({ ...range, autoClose: false }), bucket.stagingFile());
  } finally {
    await bytes.close();
  }
}
