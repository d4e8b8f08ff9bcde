/**
 * Removes comments, indentation and optional white space from one of this site's style sheets. It does not parse
 * strings: theirs contain no braces, semicolons or comments.
 */
export function compactCss(css: string): string {
  return css
    .replace(/\/\*[^*]*\*\//g, '')
    .replace(/[ \t]*\n\s*/g, '\n')
    .replace(/ ?([{};])[ \n]/g, '$1')
    .trim();
}
