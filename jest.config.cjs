const { readdirSync } = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const packages = ['model', 'chaincode', 'client', 'network', 'scenarios', 'bench'];
const shared = {
  testEnvironment: 'node',
  rootDir: __dirname,
  transform: {
    '^.+\\.ts$': [
      // `npm run test:mutants` puts one deliberate fault in before it compiles.
      process.env.DUALCHAIN_MUTANT === undefined ? '@swc/jest' : path.join(__dirname, 'test/mutants/transform.cjs'),
      {
        jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022', transform: { legacyDecorator: true, decoratorMetadata: true } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // Source, not build output: a test never runs against a stale dist folder.
  moduleNameMapper: {
    '^@dualchain/model/disclosure$': '<rootDir>/model/src/disclosure/index.ts',
    '^@dualchain/client/verify$': '<rootDir>/client/src/disclosure/verify/index.ts',
    '^@dualchain/(model|chaincode|client|network|scenarios)$': '<rootDir>/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};

/** Suites that cross packages; they run on the bundled chaincode, which is made anew once a run. */
const suites = readdirSync(path.join(__dirname, 'test'), { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'support');
const bundled = { globalSetup: '<rootDir>/test/support/global-setup.mjs' };

module.exports = {
  // Suites that start a network wait as much as they compute, so three run at once even on two cores.
  maxWorkers: Math.max(3, Math.floor(os.availableParallelism() / 2) + 1),
  testSequencer: '<rootDir>/test/support/sequencer.cjs',
  projects: [
    ...packages.map((name) => ({ ...shared, displayName: name, testMatch: [`<rootDir>/${name}/src/**/*.test.ts`] })),
    ...suites.map(({ name }) => ({ ...shared, ...bundled, displayName: name, testMatch: [`<rootDir>/test/${name}/**/*.test.ts`] })),
  ],
};
