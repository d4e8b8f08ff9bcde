/** This package is loaded at the first style sheet. */
export { TokenType, tokenize } from '@csstools/css-tokenizer';
