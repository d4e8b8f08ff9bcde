import type { FieldResult } from './page-set.ts';

/** Compares a field that is one text. */
export function compareField(expected: string, found: string): FieldResult {
  if (expected === '') return found === '' ? 'none' : 'made-up';
  return expected === found ? 'exact' : 'wrong';
}

/** The text in lower case with single spaces. */
export function plain(text: string | null | undefined): string {
  return squeeze(text ?? '').toLowerCase();
}

/** {@link plain}, with quotation marks and dashes of one kind. */
export function flat(text: string | null | undefined): string {
  return plain(text)
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/[–—]/g, '-');
}

export function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The day of a date in any notation, `YYYY-MM-DD`; empty if it is no date. */
export function dayOf(date: string | undefined): string {
  const text = date?.trim() ?? '';
  const iso = /^\d{4}-\d\d-\d\d/.exec(text)?.[0];
  if (iso || !text) return iso ?? '';
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(0, 10);
}
