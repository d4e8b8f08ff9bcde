/** Loaded with the first ZIP archive or Word document. */
export { default } from 'yauzl';
