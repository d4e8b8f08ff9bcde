/** Loaded with the first file that has TOML front matter. */
export { parse, TomlError } from 'smol-toml';
