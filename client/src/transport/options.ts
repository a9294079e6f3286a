import { DualchainError } from '@dualchain/model';
import { defaultRetry } from '../session';
import { defaultDeadlines } from './connection';

const fields: Readonly<Record<string, 'string' | 'function' | 'object' | 'string or object' | 'function or bytes'>> = {
  profile: 'string or object',
  user: 'string or object',
  signer: 'function',
  peer: 'string',
  gateway: 'object',
  channel: 'string',
  chaincode: 'string',
  deadlines: 'object',
  retry: 'object',
  hooks: 'object',
  internalKey: 'function or bytes',
};

/** Checks the options of `connect` by hand, because they hold functions and handles that no schema of the model knows. Throws INVALID_INPUT. */
export function checkConnectOptions(options: unknown): void {
  if (!isObject(options)) throw invalid('', 'must be an object such as { profile: "network/out/processor", user: "maker" }');
  for (const [name, value] of Object.entries(options)) {
    const kind = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (kind === undefined) throw invalid(name, `is not an option; there are ${Object.keys(fields).join(', ')}`);
    if (value === undefined) continue;
    const fits = (kind.includes('object') && isObject(value)) || (kind.includes('bytes') && value instanceof Uint8Array) || (kind !== 'object' && kind.startsWith(typeof value));
    if (!fits || value === '') throw invalid(name, `must be a ${kind}`);
  }
  if (options['gateway'] === undefined) {
    for (const name of ['profile', 'user']) if (options[name] === undefined) throw invalid(name, 'is missing; give it, or a gateway');
  } else {
    for (const name of ['user', 'signer', 'peer']) if (options[name] !== undefined) throw invalid(name, 'belongs to the gateway that you made; leave it out');
  }
  checkNumbers('deadlines', options['deadlines'], Object.keys(defaultDeadlines));
  checkNumbers('retry', options['retry'], Object.keys(defaultRetry));
  if (isObject(options['hooks'])) {
    for (const [name, hook] of Object.entries(options['hooks'])) {
      if (name !== 'onAttempt' && name !== 'onCommit') throw invalid(`hooks.${name}`, 'is not a hook; there are onAttempt and onCommit');
      if (hook !== undefined && typeof hook !== 'function') throw invalid(`hooks.${name}`, 'must be a function');
    }
  }
}

function checkNumbers(group: string, values: unknown, names: readonly string[]): void {
  if (!isObject(values)) return;
  for (const [name, value] of Object.entries(values)) {
    if (!names.includes(name)) throw invalid(`${group}.${name}`, `is not an option; there are ${names.join(', ')}`);
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 2 ** 31 - 1) throw invalid(`${group}.${name}`, 'must be a whole number of at least 1');
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(path: string, rule: string): DualchainError {
  return new DualchainError('INVALID_INPUT', `The options of connect are not valid${path === '' ? '' : ` at ${path}`}: ${rule}.`, { details: { issues: [{ path, rule }] } });
}
