import { reasonOf } from '../errors/system';

/** Calls a hook of the application. One that throws must not make a committed transaction look like a failed one: it is reported as a process warning. */
export function notify(hook: () => void): void {
  try {
    hook();
  } catch (error) {
    process.emitWarning(`A hook threw: ${reasonOf(error)}`, 'DualchainHookWarning');
  }
}
