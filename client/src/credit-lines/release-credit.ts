import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { CreditReservation } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { lineParties } from './parties';

export type ReleaseCreditParameters = Loose<InputOf<typeof certificateVerbs.releaseCredit>>;
export type ReleaseCreditResult = CreditReservation;

/**
 * Obligor or financier gives room on a line back: the certificate has ended, or was not issued before the reservation
 * expired.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, NOT_YET.
 */
export const releaseCredit = action<ReleaseCreditParameters, ReleaseCreditResult>((parameters) => ({
  verb: certificateVerbs.releaseCredit,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { creditLineId, certificateId } = parameters;
    const [line, reservation] = await Promise.all([ask(session, certificateVerbs.openCreditLine, { creditLineId }, options), ask(session, certificateVerbs.openReservation, { creditLineId, certificateId }, options)]);
    return { parties: lineParties(line.skeleton), openings: openingsFor(certificateVerbs.releaseCredit, line, reservation) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.releaseCredit>),
}));
