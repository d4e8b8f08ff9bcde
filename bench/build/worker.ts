import { build } from '../../cli/commands/build.ts';
import { startServices } from '../../local/services.ts';

/** Builds a folder with the services of `npm start`, which the SDK calls over HTTP: `worker.ts IN OUT`. */
const [folder = '', out = ''] = process.argv.slice(2);
process.exitCode = await build(folder, { out, baseUrl: 'https://news.example.org' }, undefined, options =>
  // A longer window than that of `npm start` makes fewer publishes.
  startServices({ ...options, stream: { batchingWindowMs: 1_000 } }),
);
