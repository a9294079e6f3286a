const path = require('node:path');
const swc = require('@swc/jest');
const mutants = require('./mutants.cjs');

const root = path.resolve(__dirname, '../..');

/** Compiles as the other projects do, with the fault that DUALCHAIN_MUTANT names put in first. */
module.exports = {
  createTransformer(options) {
    const inner = swc.createTransformer(options);
    const mutant = mutants.find(({ id }) => id === process.env.DUALCHAIN_MUTANT);
    if (mutant === undefined) throw new Error(`There is no mutant ${process.env.DUALCHAIN_MUTANT}.`);
    const file = path.join(root, mutant.file);
    const altered = (source, name) => (name === file ? source.split(mutant.find).join(mutant.replace) : source);
    return {
      ...inner,
      process: (source, name, transform) => inner.process(altered(source, name), name, transform),
      getCacheKey: (source, name, transform) => inner.getCacheKey(altered(source, name), name, transform),
    };
  },
};
