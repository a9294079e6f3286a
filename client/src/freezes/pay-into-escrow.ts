import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Loose, Typed } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { certificateParties } from '../submission/parties';

export type PayIntoEscrowParameters = Loose<InputOf<typeof certificateVerbs.payIntoEscrow>>;
export type PayIntoEscrowResult = Typed<ResultOf<typeof certificateVerbs.payIntoEscrow>>;

/**
 * The settler attests that it keeps what is due for frozen holdings of one owner, whom the freeze keeps from being paid.
 * The obligor presents the holdings first, as for a settlement.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, PAYMENT_REFERENCE_USED, NOT_GENUINE.
 */
export const payIntoEscrow = action<PayIntoEscrowParameters, PayIntoEscrowResult>((parameters) => ({
  verb: certificateVerbs.payIntoEscrow,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: certificateParties(await ask(session, certificateVerbs.certificate, { id: parameters.certificateId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.payIntoEscrow>),
}));
