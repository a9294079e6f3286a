import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Created, Freeze } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { withWitness } from '../submission/parties';

export type FreezeHoldingParameters = Loose<InputOf<typeof certificateVerbs.freezeHolding>> & {
  /** Second organisation that endorses; default: the settler of the certificate. */
  readonly witness?: string;
};
export type FreezeHoldingResult = Created<Freeze>;

/**
 * The authority freezes one holding until `endsAt`. Neither the obligor nor the owner need agree.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_ROLE, WRONG_STATE, EXPIRED, ALREADY_EXISTS.
 */
export const freezeHolding = action<FreezeHoldingParameters, FreezeHoldingResult>(({ witness, ...input }) => ({
  verb: certificateVerbs.freezeHolding,
  input: toWire(input),
  prepare: async (session, options) => {
    const { certificateId } = await ask(session, certificateVerbs.holding, { id: input.holdingId }, options);
    const certificate = await ask(session, certificateVerbs.certificate, { id: certificateId }, options);
    return { parties: { ...withWitness(session, witness, [certificate.settler]), authority: session.mspId } };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.freezeHolding>),
}));
