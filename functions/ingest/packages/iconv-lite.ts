/** Loaded with the first archive whose names are not in UTF-8. */
export { default } from 'iconv-lite';
