import { isObject } from '../../../../shared/text/is-object.ts';
import { isJsonError, parseJson } from '../../decode/json.ts';

export type Json = Readonly<Record<string, unknown>>;

const BODY = /^body(?:_|$)|^bodies$/;

/** The item. Undefined if the text is not News in JSON. */
export function parseNinjs(source: string): Json | undefined {
  let value: unknown;
  try {
    value = parseJson(source);
  } catch (error) {
    if (!isJsonError(error)) throw error;
    return undefined;
  }
  if (!isObject(value)) return undefined;
  // Some systems write `pubStatus`.
  const item: Json = Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key.toLowerCase(), each]),
  );
  const named = ['uri', 'guid', 'versioncreated', 'pubstatus', 'headline', 'headlines'].filter(
    key => key in item,
  );
  const hasBody = Object.keys(item).some(key => BODY.test(key));
  const isItem = hasBody || ['type', 'renditions', 'pubstatus'].some(key => key in item);
  return named.length >= 2 && isItem ? item : undefined;
}
