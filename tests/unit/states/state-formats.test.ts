import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { CHECK } from '../../../functions/publish/states/check-state.ts';
import { DIRECTORY } from '../../../functions/publish/states/directory.ts';
import { editionState } from '../../../functions/publish/states/edition-state.ts';
import {
  dayState,
  historyState,
  MONTHS_STATE,
  monthState,
  SITEMAPS_STATE,
  sitemapState,
} from '../../../functions/publish/states/history-states.ts';

import { REDIRECTS } from '../../../functions/publish/states/redirects.ts';

/**
 * The fields of each state, as a digest. If it changes, raise the `format` of the state, so that neither an older nor a
 * newer version trusts what the other one wrote. Then enter the new format and digest here.
 */
const FORMATS = {
  edition: { format: 4, fields: 'bc0695de2e14' },
  document: { format: 2, fields: '3f135c288228' },
  sitemap: { format: 1, fields: 'fce28149d777' },
  day: { format: 1, fields: '267b09cfda03' },
  month: { format: 1, fields: '25bfe383c41a' },
  months: { format: 1, fields: 'e648a1b7a3ff' },
  sitemaps: { format: 1, fields: '4af75d58b1c0' },
  directory: { format: 2, fields: 'fe35e7ed8e4a' },
  check: { format: 1, fields: '9afadeb41b1c' },
  redirects: { format: 1, fields: 'ce1d4b665cf6' },
};

const STATES: Record<keyof typeof FORMATS, { schema: z.ZodMiniType; format?: number }> = {
  edition: editionState({ kind: 'all' }, { language: 'en' }),
  document: historyState(0),
  sitemap: sitemapState(0),
  day: dayState('2026-11-23', 0),
  month: monthState('2026-11'),
  months: MONTHS_STATE,
  sitemaps: SITEMAPS_STATE,
  directory: DIRECTORY,
  check: CHECK,
  redirects: REDIRECTS,
};

/** The names of the fields, with the types of their values. */
function fieldsOf(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return undefined;
  const { type, properties, items, prefixItems, additionalProperties, anyOf, oneOf } = schema as Record<
    string,
    unknown
  >;
  const parts = Object.entries((properties ?? {}) as object).map(([name, part]) => [name, fieldsOf(part)]);
  const others = [items, additionalProperties, ...[prefixItems, anyOf, oneOf].flat()].map(fieldsOf);
  return [type, parts.sort(), others];
}

test.each(Object.keys(FORMATS) as (keyof typeof FORMATS)[])('the form of the state %s', name => {
  const { schema, format = 1 } = STATES[name];
  const json = JSON.stringify(fieldsOf(z.toJSONSchema(schema)));
  const fields = createHash('sha256').update(json).digest('hex').slice(0, 12);
  expect({ format, fields }).toEqual(FORMATS[name]);
});
