import { InvalidArgumentError } from 'commander';
import { webAddress } from '../shared/text/web-address.ts';

/** A TCP port of an option; 0 takes a free one. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return port;
}

/** An http or https address of an option, without a trailing slash. */
export function siteAddress(text: string): string {
  if (webAddress(text) === undefined)
    throw new InvalidArgumentError('It must be an address such as https://news.example.org.');
  return text.replace(/\/$/, '');
}
