/** This package is loaded at the first zip whose names are not in UTF-8. */
export { default } from 'iconv-lite';
