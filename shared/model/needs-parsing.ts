/**
 * Whether a parser of another version, or none, made a record, and its file can be parsed.
 * @param record fields of a record. An edit by hand can have broken them
 */
export function needsParsing(record: Readonly<Record<string, unknown>>, version: string): boolean {
  const { status, parserVersion, unfinished, reason } = record;
  if (status === 'deleted') return false;
  // A file with an invalid key can never be parsed.
  if (status === 'rejected' && (reason as { code?: unknown } | undefined)?.code === 'bad-key') return false;
  // A zip has the version before all its files are parsed.
  return parserVersion !== version || (status === 'unpacked' && unfinished === true);
}
