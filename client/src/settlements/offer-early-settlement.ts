import type { EarlySettlementTerms, InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Created, EarlySettlement } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';

export type OfferEarlySettlementParameters = Loose<InputOf<typeof certificateVerbs.offerEarlySettlement> & EarlySettlementTerms>;
export type OfferEarlySettlementResult = Created<EarlySettlement>;

/**
 * The obligor offers the owner of a holding to pay before the due date, less a discount in minor units, which only
 * obligor, owner and settler learn. The holding is not locked before the owner accepts.
 * Throws NOT_FOUND, NOT_A_PARTY, CERTIFICATE_NOT_ACTIVE, HOLDING_NOT_FREE, EXPIRED, AMOUNT_TOO_SMALL, ALREADY_EXISTS.
 */
export const offerEarlySettlement = action<OfferEarlySettlementParameters, OfferEarlySettlementResult>(({ holdingId, offerId, expiresAt, ...terms }) => ({
  verb: certificateVerbs.offerEarlySettlement,
  input: toWire({ holdingId, offerId, expiresAt }),
  sealed: toWire(terms),
  prepare: async (session, options) => {
    const holding = await ask(session, certificateVerbs.openHolding, { id: holdingId }, options);
    const { settler } = await ask(session, certificateVerbs.certificate, { id: holding.skeleton.certificateId }, options);
    const { obligor, owner } = holding.skeleton;
    return { parties: { obligor, owner, settler }, openings: openingsFor(certificateVerbs.offerEarlySettlement, holding) };
  },
  existing: async (session, options) => Object.values((await ask(session, certificateVerbs.openEarlySettlement, { holdingId, offerId }, options)).records),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.offerEarlySettlement>),
}));
