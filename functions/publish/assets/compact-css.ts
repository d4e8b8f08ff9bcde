/**
 * Removes comments, indentation and optional white space from a style sheet. The strings in it must not contain braces,
 * semicolons, comments, or a colon before a space.
 */
export function compactCss(css: string): string {
  return css
    .replace(/\/\*[^*]*\*\//g, '')
    .replace(/[ \t]*\n\s*/g, '\n')
    .replace(/ ?([{};])[ \n]/g, '$1')
    .replace(/: /g, ':')
    .replace(/;}/g, '}')
    .trim();
}
