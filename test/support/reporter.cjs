const { writeFileSync } = require('node:fs');
const path = require('node:path');

/** One line for each test file, and everything about a failure; quiet about what passed. Writes to standard error, which `npm test` shows. */
module.exports = class Reporter {
  constructor(globalConfig) {
    this.rootDir = globalConfig.rootDir;
  }

  /** The figures, for `npm test`, into the file that it names. */
  onRunComplete(_contexts, { numPassedTests: passed, numFailedTests, numRuntimeErrorTestSuites, numPendingTests, numTodoTests }) {
    const file = process.env['DUALCHAIN_TEST_REPORT'];
    if (file !== undefined) writeFileSync(file, JSON.stringify({ passed, failed: numFailedTests + numRuntimeErrorTestSuites, skipped: numPendingTests + numTodoTests }));
  }

  onTestResult(test, { numPassingTests, numFailingTests, numPendingTests, testExecError, failureMessage, perfStats }) {
    const failed = numFailingTests > 0 || testExecError !== undefined && testExecError !== null;
    const nothing = !failed && numPassingTests === 0 && numPendingTests > 0;
    const counts = [`${numPassingTests} passed`, ...(numFailingTests > 0 ? [`${numFailingTests} failed`] : []), ...(numPendingTests > 0 ? [`${numPendingTests} skipped`] : [])].join(', ');
    const seconds = ((perfStats.end - perfStats.start) / 1000).toFixed(1);
    process.stderr.write(`${failed ? 'FAIL' : nothing ? 'SKIP' : 'PASS'} ${path.relative(this.rootDir, test.path)} (${counts}; ${seconds} s)\n`);
    if (failed && failureMessage) process.stderr.write(`${failureMessage}\n`);
  }
};
