// `npm run test:deploy`: the real template, deployed by the real CDK to MiniStack, and worked with by the desk.
// `npm run test:deploy -- outage domain` tells these chapters of the story only.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Checkout } from './checkout.ts';
import { Account } from './deployment.ts';
import { type MiniStack, startMiniStack } from './emulator/ministack.ts';
import { endAll } from './emulator/processes.ts';
import { MissingTool } from './emulator/python.ts';
import { Steps } from './steps.ts';
import { CHAPTERS, tellStory } from './story.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Lines of MiniStack's log that are shown of a failure. */
const LOG_LINES = 60;
const LINE_LENGTH = 300;

// As in `cli/copydesk.js`: the SDK would say at every start that its releases of 2027 need Node 22.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const names = process.argv.slice(2);
const unknown = names.filter(name => !CHAPTERS.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no chapter ${unknown.join(', ')}. There are: ${CHAPTERS.join(', ')}.\n`);
  process.exit(2);
}

const work = await mkdtemp(join(tmpdir(), 'copydesk-deploy-'));
let ministack: MiniStack | undefined;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    interrupted = true;
    process.stdout.write('Interrupted: ending what was started.\n');
    void cleanUp().finally(() => process.exit(130));
  });

try {
  const steps = new Steps();
  ministack = await steps.do('MiniStack, with IAM enforced and TLS only', async remark => {
    const started = await startMiniStack(ROOT, work);
    remark(started.url);
    return started;
  });
  const checkout = await Checkout.make(ROOT, join(work, 'checkout'), ministack.env);
  await tellStory(names, { steps, checkout, account: new Account(ministack), root: ROOT });
  process.stdout.write(
    `${names.length === 0 ? 'Deployed, used, deployed again, destroyed' : names.join(', ')}: ${steps.summary}.\n`,
  );
} catch (error) {
  // What was under way ends with its processes, and the signal's handler leaves with 130.
  if (interrupted) await new Promise(() => {});
  const { message, stack } = error as Error;
  process.exitCode = 1;
  process.stderr.write(`\n${error instanceof MissingTool ? message : stack}\n`);
  if (ministack !== undefined)
    process.stderr.write(`\nThe end of MiniStack's log:\n${tail(ministack.log())}\n`);
} finally {
  await cleanUp();
}

async function cleanUp(): Promise<void> {
  await endAll();
  await rm(work, { recursive: true, force: true });
}

function tail(text: string): string {
  const lines = text.trimEnd().split('\n').slice(-LOG_LINES);
  return lines.map(line => line.slice(0, LINE_LENGTH)).join('\n');
}
