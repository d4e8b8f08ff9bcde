import type { Bucket } from '../../../shared/aws/bucket.ts';
import { CONFLICT, type Pacing, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import type { FilePatch } from '../model/rendition.ts';

interface Waiting {
  file: FilePatch;
  done(changed: boolean): void;
  failed(error: unknown): void;
}

/** Patches that wait while an earlier write of their file is under way, by bucket and key. */
const waiting = new WeakMap<Bucket, Map<string, Waiting[]>>();

interface PatchDeps {
  siteBucket: Bucket;
  pacing?: Pacing | undefined;
  onWritten?: ((key: string, bytes: number) => void) | undefined;
}

/**
 * Changes a part of a file of the site. Other publishers can change other parts at the same time. Patches of one file that
 * this process makes at the same time share a write.
 * @returns whether the file was written
 */
export function patchFile(deps: PatchDeps, file: FilePatch): Promise<boolean> {
  const files = waiting.get(deps.siteBucket) ?? new Map<string, Waiting[]>();
  waiting.set(deps.siteBucket, files);
  const others = files.get(file.key);
  const answer = new Promise<boolean>((done, failed) => {
    const each = { file, done, failed };
    if (others === undefined) files.set(file.key, [each]);
    else others.push(each);
  });
  if (others === undefined) void writeAll(deps, file.key, files);
  return answer;
}

/** Writes the patches of a file until none is left. */
async function writeAll(deps: PatchDeps, key: string, files: Map<string, Waiting[]>): Promise<void> {
  // Patches of the same turn come together.
  await Promise.resolve();
  for (;;) {
    const some = files.get(key)?.splice(0) ?? [];
    if (some.length === 0) break;
    try {
      const changed = await write(
        deps,
        some.map(({ file }) => file),
      );
      for (const { done } of some) done(changed);
    } catch (error) {
      for (const { failed } of some) failed(error);
    }
  }
  files.delete(key);
}

function write(
  { siteBucket, pacing, onWritten }: PatchDeps,
  patches: readonly FilePatch[],
): Promise<boolean> {
  const [{ key, contentType, cacheControl } = NO_FILE] = patches;
  return retryOnConflict(key, pacing, async () => {
    const present = await siteBucket.get(key);
    const bytes = patches.reduce<Uint8Array | undefined>(
      (before, { patch }) => patch(before),
      present?.bytes,
    );
    if (bytes === undefined || (present && Buffer.compare(bytes, present.bytes) === 0)) return false;
    const condition = present === undefined ? 'absent' : { etag: present.etag };
    const etag = await siteBucket.putIf(key, bytes, { contentType, cacheControl }, condition);
    if (etag === undefined) return CONFLICT;
    onWritten?.(key, bytes.length);
    return true;
  });
}

const NO_FILE = { key: '', contentType: '', cacheControl: '' };
