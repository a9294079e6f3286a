import type { InputOf, ResultOf } from '@dualchain/model';
import { consortiumVerbs } from '@dualchain/model';
import type { Loose, Typed } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';

export type BootstrapParameters = Loose<InputOf<typeof consortiumVerbs.bootstrap>>;
export type BootstrapResult = Typed<ResultOf<typeof consortiumVerbs.bootstrap>>;

/**
 * Founds the consortium: members with their roles, and the channel policy. Once; every founding member endorses.
 * The same founding twice succeeds once. Throws INVALID_INPUT, ALREADY_BOOTSTRAPPED.
 */
export const bootstrap = action<BootstrapParameters, BootstrapResult>((parameters) => ({
  verb: consortiumVerbs.bootstrap,
  input: toWire(parameters),
  prepare: () => ({ parties: { members: parameters.members.map(({ mspId }) => mspId) } }),
  decode: (answer) => typed(answer as ResultOf<typeof consortiumVerbs.bootstrap>),
}));
