import { bundleFunction } from './bundle.ts';

// `node --import tsx infra/bundle/bundle-command.ts ENTRY FOLDER`. It is a separate process, because the CDK waits for no promise.
const [entry, folder] = process.argv.slice(2);
if (!entry || !folder) throw new Error('Say which function to bundle, and the folder for it.');
await bundleFunction(entry, folder);
