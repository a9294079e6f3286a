const { readdirSync } = require('node:fs');
const path = require('node:path');

const packages = ['model', 'chaincode', 'client', 'network', 'scenarios'];
const shared = {
  testEnvironment: 'node',
  rootDir: __dirname,
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022', transform: { legacyDecorator: true, decoratorMetadata: true } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // Source, not build output: a test never runs against a stale dist folder.
  moduleNameMapper: {
    '^@dualchain/(model|chaincode|client|network|scenarios)$': '<rootDir>/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};

/** Suites that cross packages; they run on the bundled chaincode, which is made anew once a run. */
const suites = readdirSync(path.join(__dirname, 'test'), { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'support');
const bundled = { globalSetup: '<rootDir>/test/support/global-setup.mjs' };

module.exports = {
  projects: [
    ...packages.map((name) => ({ ...shared, displayName: name, testMatch: [`<rootDir>/${name}/src/**/*.test.ts`] })),
    ...suites.map(({ name }) => ({ ...shared, ...bundled, displayName: name, testMatch: [`<rootDir>/test/${name}/**/*.test.ts`] })),
  ],
};
