/** This package is loaded at the first zip or Word document. */
export { default } from 'yauzl';
