#!/usr/bin/env node
// Entry of `npx copydesk`: lets Node read TypeScript, then runs the commands.
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

// On Node 20 the SDK prints a warning of eight lines at every start: its releases of 2027 need Node 22. `doctor` reports
// this in one line instead.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

// The reader of the output, for example `head`, may close the pipe.
process.stdout.on('error', error => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// The tsconfig of Copydesk says how JSX is compiled. It applies in every working directory.
register({ tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) });
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv);
