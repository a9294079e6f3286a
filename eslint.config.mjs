import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Which packages a package may import: dependencies point one way (ARCHITECTURE.md, "The house"). */
const mayImport = {
  model: [],
  chaincode: ['model'],
  client: ['model'],
  network: [],
  scenarios: ['model', 'chaincode', 'client', 'network'],
  bench: ['model', 'chaincode', 'client', 'network', 'scenarios'],
};
const packages = Object.keys(mayImport);

const direction = packages.map((name) => {
  const forbidden = packages.filter((other) => other !== name && !mayImport[name].includes(other));
  const patterns = forbidden.map((other) => ({
    group: [`@dualchain/${other}`, `@dualchain/${other}/*`, `**/${other}/src/**`],
    message: `${name} must not import ${other}: dependencies point chaincode → model, client → model, network → (nothing), scenarios → all.`,
  }));
  if (name === 'model') {
    patterns.push({ group: ['fabric-*', '@hyperledger/*', '@grpc/*', 'node:fs', 'node:net', 'node:child_process'], message: 'model is pure: no Fabric and no I/O.' });
  }
  return { files: [`${name}/src/**/*.ts`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
});

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', 'network/out/**', 'coverage/**'] },
  eslint.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    // Rules are pure: they decide, the contracts do the talking to Fabric (design, principle 2).
    files: ['chaincode/src/rules/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['fabric-*', '@hyperledger/*', '**/contracts/**', '**/ledger/**'], message: 'rules are pure functions without Fabric or storage.' }] }] },
  },
  ...direction,
  { files: ['**/*.test.ts', 'test/**/*.ts', 'bench/**/*.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  { files: ['**/*.cjs', '**/*.mjs', 'scripts/**'], languageOptions: { globals: { Buffer: 'readonly', process: 'readonly', console: 'readonly', require: 'readonly', module: 'readonly', __dirname: 'readonly', URL: 'readonly', setTimeout: 'readonly' } }, rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
