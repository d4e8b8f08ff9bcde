#!/usr/bin/env node
// Entry of `npx copydesk`: lets node read TypeScript, then runs the commands.
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

// On Node 20 the SDK warns at every start, in eight lines, that its releases of 2027 need Node 22. `doctor` says so in one.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

// Whoever reads has seen enough, as `head` does.
process.stdout.on('error', error => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// Ours, wherever it is called from: it says how JSX is compiled.
register({ tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) });
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv);
