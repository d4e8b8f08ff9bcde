/** This package is loaded at the first file with TOML front matter. */
export { parse, TomlError } from 'smol-toml';
