/** The words of a text, which white space separates. */
export function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** The phrases of a text, which bars and line ends separate. */
export function phrases(text: string): string[] {
  return text
    .split(/[|\n]/)
    .map(phrase => phrase.trim())
    .filter(Boolean);
}

export function wordSet(text: string): ReadonlySet<string> {
  return new Set(words(text));
}

export function phraseSet(text: string): ReadonlySet<string> {
  return new Set(phrases(text));
}
