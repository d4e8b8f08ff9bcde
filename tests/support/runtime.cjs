const { createRequire, isBuiltin } = require('node:module');
const path = require('node:path');
const vm = require('node:vm');
const { default: JestRuntime } = require('jest-runtime');

const PACKAGES = `${path.sep}node_modules${path.sep}`;
/** Packages that belong to one test file each: jest makes its own. */
const OF_JEST = new RegExp(
  `.*\\${path.sep}node_modules\\${path.sep}(@jest\\${path.sep}|jest-|expect\\${path.sep})`,
);

const requireAsNode = createRequire(__filename);
/** `aws-sdk-client-mock` replaces methods of the clients by it, and the clients are those of all test files. */
const SINON = createRequire(requireAsNode.resolve('aws-sdk-client-mock')).resolve('sinon');
/** The modules of jest and of the project that this worker compiled: its next test files only run them again. */
const compiled = new Map();

/**
 * Loads packages as Node does, once for all test files of a worker, and compiles each module of the project once. The
 * modules of the project still run anew for each test file, so that nothing of them is shared.
 */
module.exports = class extends JestRuntime {
  constructor(...given) {
    super(...given);
    this.executor.compile = (source, filename) =>
      compile(source, filename, this.executor.injectedModuleParameters);
  }

  requireModuleOrMock(from, name) {
    const file = this.#packageFile(from, name);
    return file === undefined ? super.requireModuleOrMock(from, name) : requireAsNode(file);
  }

  teardown() {
    requireAsNode.cache[SINON]?.exports.restore();
    super.teardown();
  }

  /** The file of a package; undefined for modules of Node, of jest and of the project, and where a test asks for a mock. */
  #packageFile(from, name) {
    if (isBuiltin(name) || name === '@jest/globals') return undefined;
    if (this.mockState.shouldMockCjs(from, name).shouldMock) return undefined;
    let file;
    try {
      file = this._resolution.resolveCjs(from, name);
    } catch {
      // jest says what is missing.
      return undefined;
    }
    return file.includes(PACKAGES) && !OF_JEST.test(file) ? file : undefined;
  }
};

function compile(source, filename, parameters) {
  const known = compiled.get(filename);
  if (known?.source === source) return known.run;
  const run = vm.compileFunction(source, parameters, { filename });
  compiled.set(filename, { source, run });
  return run;
}
