import { isObject } from '../text/is-object.ts';

/** A stage is short, because the stack's name (at most 128 characters) and names made from that name contain it. */
const STAGE = /^[A-Za-z0-9]{1,20}$/;

/** The rule of {@link isStageName} in words. */
export const STAGE_NAME = '1 to 20 letters or digits';

export function isStageName(name: string): boolean {
  return STAGE.test(name);
}

/** Maximum depth of the merge. No setting is that deep. */
const MAX_DEPTH = 8;

/**
 * Applies the overrides of a stage to settings, as a JSON Merge Patch (RFC 7396). Objects are merged field by field, null
 * removes a field, and other values replace it.
 */
export function overridden(base: unknown, overrides: unknown, depth = 0): unknown {
  if (!isObject(overrides) || depth === MAX_DEPTH) return overrides;
  const fields = new Map(isObject(base) ? Object.entries(base) : []);
  for (const [name, value] of Object.entries(overrides)) {
    if (value === null) fields.delete(name);
    else fields.set(name, overridden(fields.get(name), value, depth + 1));
  }
  return Object.fromEntries(fields);
}
