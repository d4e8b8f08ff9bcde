const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/** Names of symbols. Below them jest keeps the state and the listeners of one test file. */
const OF_JEST = ['EVENT_HANDLERS', 'JEST_STATE_SYMBOL', 'RETRY_TIMES'];

/**
 * The environment of tests: Node itself, in place of the sandbox of jest. In the sandbox each use of a global costs a search,
 * `instanceof Error` is false for the errors of Node, and every test file compiles every module again.
 *
 * Test files of one worker run one after the other. What they change of the process is put back after each of them.
 */
module.exports = class {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  fakeTimersModern;
  #before;

  constructor({ projectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    this.#before = {
      globals: Object.getOwnPropertyDescriptors(globalThis),
      process: Object.getOwnPropertyDescriptors(process),
      env: { ...process.env },
    };
    Error.stackTraceLimit = 100;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** There is no other context: `runtime.cjs` compiles modules in that of Node. */
  getVmContext() {
    return null;
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    const { globals, process: own, env } = this.#before;
    putBack(globalThis, globals);
    putBack(process, own);
    for (const symbol of Object.getOwnPropertySymbols(globalThis)) {
      if (OF_JEST.includes(symbol.description)) delete globalThis[symbol];
    }
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
  }
};

/**
 * Gives an object the properties that it had. New ones stay: packages are loaded once, and some make globals. What begins
 * with `_` keeps itself right, such as the count of listeners.
 */
function putBack(object, before) {
  for (const [name, now] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
    const former = before[name];
    if (former === undefined || name.startsWith('_')) continue;
    if (now.configurable && (former.value !== now.value || former.get !== now.get)) {
      Object.defineProperty(object, name, former);
    } else if (now.writable && former.value !== now.value) {
      object[name] = former.value;
    }
  }
}
