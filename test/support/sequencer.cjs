const { default: Sequencer } = require('@jest/test-sequencer');

/** What takes longest begins first, so that nothing long is left for the end; the two suites on real Fabric do not begin together. */
const order = ['test/e2e/fabric/', 'test/callers/', 'test/demo/story', 'test/demo/start', 'test/collateral/embedded', 'test/e2e/embedded/story', 'test/bad-input/', 'test/e2e/', 'test/', ''];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => order.findIndex((part) => path.replaceAll('\\', '/').includes(part));
    return [...tests].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
  }
};
