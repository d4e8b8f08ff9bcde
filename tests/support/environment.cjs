const { TestEnvironment } = require('jest-environment-node');

const EVENT = 'unhandledRejection';

/** Node, with the real listeners of unhandled rejections: jest gives tests a copy of the process without them. */
module.exports = class extends TestEnvironment {
  constructor(...given) {
    super(...given);
    const copy = this.global.process;
    for (const name of ['on', 'listeners', 'removeListener', 'removeAllListeners']) {
      const own = copy[name].bind(copy);
      copy[name] = (event, ...rest) =>
        event === EVENT ? process[name](event, ...rest) : own(event, ...rest);
    }
  }
};
