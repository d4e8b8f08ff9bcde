/** This package is loaded at the first file with YAML front matter. */
export { parseDocument } from 'yaml';
