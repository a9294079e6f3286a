import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Typed, Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { openingsFor } from '../submission/ask';
import { certificateParties } from '../submission/parties';
import { openForSettlement } from './settlement';

export type TallyCertificateParameters = Loose<InputOf<typeof certificateVerbs.tallyCertificate>>;
export type TallyCertificateResult = Typed<ResultOf<typeof certificateVerbs.tallyCertificate>>;

/**
 * Of a certificate that has more holdings than one close takes: obligor or settler counts redeemed and netted holdings
 * (`holdingIds`), from the first unit or where the last tally stopped. The close then names only those that are left.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, AMOUNT_MISMATCH.
 */
export const tallyCertificate = action<TallyCertificateParameters, TallyCertificateResult>((parameters) => ({
  verb: certificateVerbs.tallyCertificate,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { certificate, holdings } = await openForSettlement(session, parameters.certificateId, parameters.holdingIds, options);
    return { parties: certificateParties(certificate.skeleton), openings: openingsFor(certificateVerbs.tallyCertificate, certificate, ...holdings) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.tallyCertificate>),
}));
