/** Changes whenever the same bytes may make another article: tells which records are worth parsing again. */
export const PARSER_VERSION = '3';
