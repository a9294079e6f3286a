import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Created, Payment } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { certificateParties } from '../submission/parties';

export type SealDepositParameters = Loose<InputOf<typeof certificateVerbs.sealDeposit>>;
export type SealDepositResult = Created<Payment>;

/**
 * The settler accounts for a deposit by its digest (`escrow.deposit` of a holding): amount and late fee follow from the
 * holdings and the time of the deposit, and are sealed between the obligor and the settler, which read them with
 * `settlements.openPayment`. Once.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, OPENING_REQUIRED, NOT_GENUINE.
 */
export const sealDeposit = action<SealDepositParameters, SealDepositResult>((parameters) => ({
  verb: certificateVerbs.sealDeposit,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { skeleton } = await ask(session, certificateVerbs.openPayment, { digest: parameters.digest }, options);
    const [certificate, ...holdings] = await Promise.all([ask(session, certificateVerbs.certificate, { id: skeleton.certificateId ?? '' }, options), ...skeleton.holdingIds.map((id) => ask(session, certificateVerbs.openHolding, { id }, options))] as const);
    return { parties: certificateParties(certificate), openings: openingsFor(certificateVerbs.sealDeposit, ...holdings) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.sealDeposit>),
}));
