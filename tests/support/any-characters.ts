import fc from 'fast-check';

const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;

/**
 * Text of any characters of Unicode, as `fc.string({ unit: 'binary' })` makes it. That one first builds a map of all
 * 1.1 million characters, which takes a second for each file of tests.
 */
export function anyCharacters(constraints: { maxLength?: number } = {}): fc.Arbitrary<string> {
  const unit = fc
    .nat({ max: 0x10ffff - SURROGATES })
    .map(at => String.fromCodePoint(at < FIRST_SURROGATE ? at : at + SURROGATES), indexOfCharacter);
  return fc.string({ ...constraints, unit });
}

/** With it, fast-check also tries words that break programs, such as `__proto__`. */
function indexOfCharacter(character: unknown): number {
  const code = typeof character === 'string' ? character.codePointAt(0) : undefined;
  if (code === undefined || String.fromCodePoint(code) !== character) throw new Error('It is no character.');
  return code < FIRST_SURROGATE ? code : code - SURROGATES;
}
