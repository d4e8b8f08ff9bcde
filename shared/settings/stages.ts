/** A stage is a part of the stack's name (at most 128 characters) and of names made from it. */
const STAGE = /^[A-Za-z0-9]{1,20}$/;

/** What {@link isStageName} asks for, in words. */
export const STAGE_NAME = '1 to 20 letters or digits';

/** Whether a stage can be called so. */
export function isStageName(name: string): boolean {
  return STAGE.test(name);
}

/** Deeper than any setting lies. */
const DEEPEST = 8;

/**
 * What becomes of settings under the overrides of a stage, as JSON Merge Patch (RFC 7396) has it: objects are merged
 * field by field, null takes a field away, and anything else takes its place.
 */
export function overridden(base: unknown, overrides: unknown, depth = 0): unknown {
  if (!isObject(overrides) || depth === DEEPEST) return overrides;
  const fields = new Map(isObject(base) ? Object.entries(base) : []);
  for (const [name, value] of Object.entries(overrides)) {
    if (value === null) fields.delete(name);
    else fields.set(name, overridden(fields.get(name), value, depth + 1));
  }
  return Object.fromEntries(fields);
}

/** Whether a JSON value is an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
