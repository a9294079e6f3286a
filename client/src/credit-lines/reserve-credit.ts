import type { InputOf, ResultOf, SealedOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Created, CreditReservation } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { lineParties } from './parties';

export type ReserveCreditParameters = Loose<InputOf<typeof certificateVerbs.reserveCredit>> & Loose<SealedOf<typeof certificateVerbs.reserveCredit>>;
export type ReserveCreditResult = Created<CreditReservation>;

/**
 * The obligor reserves room for a certificate that it will issue, naming this line, before `expiresAt`. `amount`, in minor
 * units, is exactly the certificate's face and sealed between financier and obligor.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED, CREDIT_LINE_EXCEEDED, ALREADY_EXISTS.
 */
export const reserveCredit = action<ReserveCreditParameters, ReserveCreditResult>(({ amount, ...input }) => ({
  verb: certificateVerbs.reserveCredit,
  input: toWire(input),
  sealed: toWire({ amount }),
  prepare: async (session, options) => {
    const line = await ask(session, certificateVerbs.openCreditLine, { creditLineId: input.creditLineId }, options);
    return { parties: lineParties(line.skeleton), openings: openingsFor(certificateVerbs.reserveCredit, line) };
  },
  existing: async (session, options) => Object.values((await ask(session, certificateVerbs.openReservation, { creditLineId: input.creditLineId, certificateId: input.certificateId }, options)).records),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.reserveCredit>),
}));
