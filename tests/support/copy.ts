/** Copy that the parser cannot misread, for tests about order and identity alone. */
export function story(
  headline: string,
  text = 'The ferry left the harbour at noon on its first trip.',
): string {
  return `---\ntitle: ${headline}\ndate: 2026-11-01T10:00:00Z\n---\n\n${text}\n`;
}
