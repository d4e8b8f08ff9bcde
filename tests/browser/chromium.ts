import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** What Debian and others call it. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * The browser of this machine: `CHROMIUM_PATH`, or else the first of the usual names on the `PATH`.
 * @throws Error that says how to install one
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string {
  const { CHROMIUM_PATH, PATH = '' } = env;
  if (CHROMIUM_PATH) {
    if (isProgram(CHROMIUM_PATH)) return CHROMIUM_PATH;
    throw new Error(`CHROMIUM_PATH is ${CHROMIUM_PATH}, which is no program.`);
  }
  const folders = PATH.split(path.delimiter).filter(Boolean);
  const found = NAMES.flatMap(name => folders.map(folder => path.join(folder, name))).find(isProgram);
  if (found) return found;
  throw new Error(
    `The browser tests need Chromium: none of ${NAMES.join(', ')} is on the PATH. Install it (on Debian: apt-get install chromium), or name one in CHROMIUM_PATH.`,
  );
}

/** Starts it without a window. */
export function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    // As root, which build machines are, it runs without its sandbox only; it shows nothing but our own pages.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-dev-shm-usage', '--font-render-hinting=none'],
  });
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
