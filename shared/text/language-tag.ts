/** A language tag in its canonical form (BCP 47); undefined where it is none. */
export function languageTag(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The script in which a language is usually written (ISO 15924); undefined where that is not known. */
export function scriptOf(language: string): string | undefined {
  const tag = languageTag(language);
  return tag === undefined ? undefined : new Intl.Locale(tag).maximize().script;
}
