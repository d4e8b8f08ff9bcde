import { InvalidArgumentError } from 'commander';
import { webAddress } from '../shared/text/web-address.ts';

/** Makes the action of a command, which keeps the exit code of the command. */
export type Runs = <Args extends unknown[]>(
  command: (...args: Args) => Promise<number>,
) => (...args: Args) => Promise<void>;

/** Reads a TCP port. 0 means any free port. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return port;
}

/** Reads an http or https address. Removes a trailing slash. */
export function siteAddress(text: string): string {
  if (webAddress(text) === undefined)
    throw new InvalidArgumentError('It must be an address such as https://news.example.org.');
  return text.replace(/\/$/, '');
}
