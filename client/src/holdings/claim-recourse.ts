import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs, debtorOf } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { holdingParties } from '../submission/parties';

export type ClaimRecourseParameters = Loose<InputOf<typeof certificateVerbs.claimRecourse>>;
export type ClaimRecourseResult = Holding;

/**
 * The owner of a holding that it financed with recourse turns to its seller, once the certificate is defaulted. The
 * authority endorses in the obligor's place, whose peers may be gone.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, NO_RECOURSE, FROZEN.
 */
export const claimRecourse = action<ClaimRecourseParameters, ClaimRecourseResult>((input) => ({
  verb: certificateVerbs.claimRecourse,
  input: toWire(input),
  prepare: async (session, options) => {
    const holding = await ask(session, certificateVerbs.holding, { id: input.holdingId }, options);
    const certificate = await ask(session, certificateVerbs.certificate, { id: holding.certificateId }, options);
    return { parties: { ...holdingParties(holding), authority: debtorOf(certificate) } };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.claimRecourse>),
}));
