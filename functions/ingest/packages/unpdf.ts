/** This package is loaded at the first PDF. It holds pdf.js, built for servers: no worker, no canvas, no network. */
export { getDocument } from 'unpdf/pdfjs';
