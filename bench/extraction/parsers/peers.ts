/** What the peers are made of: packages of bench/package.json. */
const PEERS = ['@mozilla/readability', 'defuddle/node', 'jsdom', 'linkedom'];

/** A peer's module: not the project's own, so that neither its compiler nor its bundles know it. */
export async function peer<Module>(name: string): Promise<Module> {
  return (await import(name)) as Module;
}

/** The address of a peer's entry file. */
export function peerUrl(name: string): string {
  return import.meta.resolve(name);
}

export function peersInstalled(): boolean {
  try {
    for (const name of PEERS) import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}
