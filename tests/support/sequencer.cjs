const { default: Sequencer } = require('@jest/test-sequencer');

/** Tests on embedded services first: they take longest, and at the end one of them would keep the other core waiting. */
module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => (path.includes('/pipeline/') ? 0 : path.includes('/infra/') ? 1 : 2);
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
