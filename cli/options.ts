import { InvalidArgumentError } from 'commander';

/** A TCP port of an option; 0 takes a free one. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return port;
}

/** An http or https address of an option, without a trailing slash. */
export function webAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new InvalidArgumentError('It must be an address such as https://news.example.org.');
  return text.replace(/\/$/, '');
}
