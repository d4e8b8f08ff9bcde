import fc from 'fast-check';
import { anyCharacters } from '../../support/any-characters.ts';

const POISON = [
  ']]>',
  '<![CDATA[',
  '</title></item></entry><injected/>',
  '<script>alert(1)</script>',
  '<!-- ',
  '<?php ',
  '&amp;',
  '&lt;b&gt;',
  '&#60;',
  '&nbsp;',
  'AT&T',
  'a < b > c',
  '"\' onload=x',
  '\0',
  '\u0001\u000B\u001F\u007F\u0085',
  '\uFFFD\uFFFE\uFFFF\uFDD0\u{1FFFE}\u{10FFFF}',
  '\uD800',
  '\uDC00',
  '\uD83D',
  '👩‍👩‍👧‍👦🇺🇦',
  'مرحبا בעולם\u202E\u2066',
  'e\u0301\u200B\u00A0',
  '\r\n\t \u2028\u2029',
  '$& $1 $`',
  '{{x}} {% y %}',
];

/** Any text at all: code units without order, whole characters, and what has broken feeds before. */
export function anyText(): fc.Arbitrary<string> {
  const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 });
  const piece = fc.oneof(
    fc.constantFrom(...POISON),
    fc.string({ unit: 'grapheme' }),
    anyCharacters(),
    units.map(codes => String.fromCharCode(...codes)),
  );
  return fc.array(piece, { maxLength: 5 }).map(pieces => pieces.join(''));
}

/** The characters that may be published, found one by one: slow, and written apart from what it checks. */
export function publishable(text: string): string {
  return Array.from(text)
    .filter(character => {
      const code = character.codePointAt(0) ?? 0;
      if (code < 0x20) return code === 0x09 || code === 0x0a;
      if (code >= 0x7f && code <= 0x9f) return false;
      if (code >= 0xd800 && code <= 0xdfff) return false;
      if (code >= 0xfdd0 && code <= 0xfdef) return false;
      return code !== 0xfffd && (code & 0xfffe) !== 0xfffe;
    })
    .join('');
}

/** The same on one line. */
export function publishableLine(text: string): string {
  return publishable(text)
    .split(/[\t\n ]+/)
    .join(' ')
    .trim();
}
