/**
 * Version of the parser. It changes whenever the same file may give another article. Records with an older version
 * can then be parsed again.
 */
export const PARSER_VERSION = '10';
