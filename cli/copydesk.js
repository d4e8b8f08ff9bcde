#!/usr/bin/env node
// Entry of `npx copydesk`: lets node read TypeScript, then runs the commands.
import { register } from 'tsx/esm/api';

// The SDK would warn on every start that its releases of 2027 need Node 22; ours is pinned.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

register();
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv);
