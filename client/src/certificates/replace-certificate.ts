import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Certificate } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { openingsFor } from '../submission/ask';
import { certificateParties } from '../submission/parties';
import { openForSettlement } from './settlement';

export type ReplaceCertificateParameters = Loose<InputOf<typeof certificateVerbs.replaceCertificate>>;
export type ReplaceCertificateResult = Certificate;

/**
 * The obligor carries a replacement out that the owners of all live holdings agreed to; `holdingIds` are these and those
 * that were redeemed or netted before. Certificate and holdings are void.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED, AMOUNT_MISMATCH, FROZEN.
 */
export const replaceCertificate = action<ReplaceCertificateParameters, ReplaceCertificateResult>((parameters) => ({
  verb: certificateVerbs.replaceCertificate,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { certificate, holdings } = await openForSettlement(session, parameters.certificateId, parameters.holdingIds, options);
    return { parties: certificateParties(certificate.skeleton), openings: openingsFor(certificateVerbs.replaceCertificate, certificate, ...holdings) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.replaceCertificate>),
}));
