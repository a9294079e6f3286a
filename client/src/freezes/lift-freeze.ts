import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Freeze } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { withWitness } from '../submission/parties';

export type LiftFreezeParameters = Loose<InputOf<typeof certificateVerbs.liftFreeze>> & {
  /** Second organisation that endorses; default: the settler of the certificate, for a receipt as `freezeReceipt`. */
  readonly witness?: string;
};
export type LiftFreezeResult = Freeze;

/**
 * The authority lifts a freeze before its end, by the order `liftedBy`.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_ROLE, WRONG_STATE.
 */
export const liftFreeze = action<LiftFreezeParameters, LiftFreezeResult>(({ witness, ...input }) => ({
  verb: certificateVerbs.liftFreeze,
  input: toWire(input),
  prepare: async (session, options) => {
    const { certificateId } = await ask(session, certificateVerbs.freeze, { scopeType: input.scopeType, scopeId: input.scopeId, orderId: input.orderId }, options);
    const settlers = certificateId === undefined ? [] : [(await ask(session, certificateVerbs.certificate, { id: certificateId }, options)).settler];
    return { parties: { ...withWitness(session, witness, settlers), authority: session.mspId } };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.liftFreeze>),
}));
