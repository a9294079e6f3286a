import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Typed, Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { openingsFor } from '../submission/ask';
import { certificateParties } from '../submission/parties';
import { openForSettlement } from './settlement';

export type CloseCertificateParameters = Loose<InputOf<typeof certificateVerbs.closeCertificate>>;
export type CloseCertificateResult = Typed<ResultOf<typeof certificateVerbs.closeCertificate>>;

/**
 * Obligor or settler closes a certificate whose redeemed and netted holdings (`holdingIds`) cover its whole
 * face, or what tallies left of it: it is settled.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, AMOUNT_MISMATCH.
 */
export const closeCertificate = action<CloseCertificateParameters, CloseCertificateResult>((parameters) => ({
  verb: certificateVerbs.closeCertificate,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { certificate, holdings } = await openForSettlement(session, parameters.certificateId, parameters.holdingIds, options);
    return { parties: certificateParties(certificate.skeleton), openings: openingsFor(certificateVerbs.closeCertificate, certificate, ...holdings) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.closeCertificate>),
}));
