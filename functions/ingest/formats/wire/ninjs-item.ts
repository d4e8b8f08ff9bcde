import { isObject } from '../../../../shared/text/is-object.ts';
import { isJsonError, parseJson } from '../../decode/json.ts';

export type Json = Readonly<Record<string, unknown>>;

const BODY = /^body(?:_|$)|^bodies$/;

/** The items of a text: one, or a list. Empty if the text is not News in JSON. */
export function parseNinjs(source: string): Json[] {
  let value: unknown;
  try {
    value = parseJson(source);
  } catch (error) {
    if (!isJsonError(error)) throw error;
    return [];
  }
  const list = isObject(value) ? (value.items ?? value._items) : value;
  return (Array.isArray(list) ? list : [value]).map(itemOf).filter(item => item !== undefined);
}

function itemOf(value: unknown): Json | undefined {
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
