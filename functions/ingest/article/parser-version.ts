/**
 * Version of the parser. It changes whenever the same bytes may give another article. Older records can be
 * parsed again.
 */
export const PARSER_VERSION = '3';
