import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Typed, Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { openingsFor } from '../submission/ask';
import { certificateParties } from '../submission/parties';
import { openForSettlement } from './settlement';

export type PresentForSettlementParameters = Loose<InputOf<typeof certificateVerbs.presentForSettlement>>;
export type PresentForSettlementResult = Typed<ResultOf<typeof certificateVerbs.presentForSettlement>>;

/**
 * The obligor opens live holdings of a due certificate to the settler, who pays their owners; an owner may open its own,
 * because the obligor may be gone.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, NOT_GENUINE.
 */
export const presentForSettlement = action<PresentForSettlementParameters, PresentForSettlementResult>((parameters) => ({
  verb: certificateVerbs.presentForSettlement,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { certificate, holdings } = await openForSettlement(session, parameters.certificateId, parameters.holdingIds, options);
    return { parties: { ...certificateParties(certificate.skeleton), self: session.mspId }, openings: openingsFor(certificateVerbs.presentForSettlement, certificate, ...holdings) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.presentForSettlement>),
}));
