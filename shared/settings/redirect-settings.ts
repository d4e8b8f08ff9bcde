import * as z from 'zod';
import { readRedirectPath } from '../model/alias.ts';
import { webAddress } from '../text/web-address.ts';

/** Maximum number of redirects. Each costs a request a day, and an environment of a function holds few more. */
const MAX_REDIRECTS = 100;

/** Maximum length of a target, in bytes of UTF-8. Encoded it has up to three times as many, and metadata of S3 have 2 KB. */
const MAX_TARGET_BYTES = 500;

/** Stands for the address of the site. */
const SITE = 'https://example.org';

/** A path of the site or an https address, without spaces, control characters and a fragment. */
const TARGET = /^(?:\/(?![/\\])|https:\/\/[^\s/\\?#@]+(?:[/?]|$))[^\s\\#\p{C}]*$/u;

/** Addresses of the site, each with the address to which it leads. They are normalised. */
export const Redirects = z
  .record(z.string(), z.string())
  .superRefine((redirects, context) => {
    const refuse = (from: string, message: string) =>
      context.addIssue({ code: 'custom', path: [from], message });
    const entries = Object.entries(redirects);
    if (entries.length > MAX_REDIRECTS)
      context.addIssue({ code: 'custom', message: `must be at most ${MAX_REDIRECTS} redirects` });
    const sources = new Map<string, string>();
    for (const [from] of entries) {
      const read = readRedirectPath(from, 'file');
      if ('problem' in read) refuse(from, `${read.problem}`);
      else if (sources.has(read.path)) refuse(from, `it is the same address as ${sources.get(read.path)}`);
      else sources.set(read.path, from);
    }
    for (const [from, to] of entries) {
      const target = targetPath(to);
      const next = readRedirectPath(target ?? '', 'file');
      if (target === undefined)
        refuse(from, 'its target must be a path of the site such as /about/, or an https address');
      else if (to.startsWith('/') && 'path' in next && sources.has(next.path))
        refuse(from, `its target ${to} is redirected too; name the last address`);
    }
  })
  .transform(redirects => {
    const normal = Object.entries(redirects).map(([from, to]) => {
      const read = readRedirectPath(from, 'file');
      return ['path' in read ? read.path : from, to] as const;
    });
    return Object.fromEntries(normal);
  });

/** The path of a target as browsers read it, without `.` and `..`. Undefined if the target is none. */
function targetPath(to: string): string | undefined {
  if (!TARGET.test(to) || Buffer.byteLength(to) > MAX_TARGET_BYTES) return undefined;
  const address = webAddress(to, SITE);
  if (address === undefined) return undefined;
  const path = new URL(address).pathname;
  // As a `Location`, such a path is another host.
  return to.startsWith('/') && path.startsWith('//') ? undefined : path;
}
