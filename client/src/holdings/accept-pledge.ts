import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Holding } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { certificateParties, holdingParties } from '../submission/parties';

export type AcceptPledgeParameters = Loose<InputOf<typeof certificateVerbs.acceptPledge>>;
export type AcceptPledgeResult = Holding;

/**
 * The financier accepts the offered pledge and will pay the loan out.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED, EVIDENCE_MISSING, RECALLED, FROZEN, CERTIFICATE_NOT_ACTIVE, TIER_EXCEEDED, TENOR_EXCEEDED.
 */
export const acceptPledge = action<AcceptPledgeParameters, AcceptPledgeResult>((input) => ({
  verb: certificateVerbs.acceptPledge,
  input: toWire(input),
  prepare: async (session, options) => {
    const holding = await ask(session, certificateVerbs.holding, { id: input.holdingId }, options);
    const certificate = await ask(session, certificateVerbs.certificate, { id: holding.certificateId }, options);
    return { parties: { financier: session.mspId, ...certificateParties(certificate), ...holdingParties(holding) } };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.acceptPledge>),
}));
