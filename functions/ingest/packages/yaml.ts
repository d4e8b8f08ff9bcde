/** Loaded with the first file that has YAML front matter. */
export { parseDocument } from 'yaml';
