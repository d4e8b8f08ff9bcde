/** These packages are loaded at the first recording. */
export { parseFromTokenizer } from 'music-metadata';
export { fromBuffer } from 'strtok3';
