import type { InputOf, ResultOf, SealedOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import { openForSettlement } from '../certificates/settlement';
import type { Created, DisputedCertificate } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { certificateParties } from '../submission/parties';

export type DisputeCertificateParameters = Loose<InputOf<typeof certificateVerbs.disputeCertificate>> & Loose<SealedOf<typeof certificateVerbs.disputeCertificate>>;
export type DisputeCertificateResult = Created<DisputedCertificate>;

/**
 * The obligor disputes a certificate until `endsAt`, at most 30 days ahead. With all its live holdings named, which must
 * still be with the first supplier, the certificate is suspended; with none named it is flagged: it goes on, but takes
 * no new finance. `amount`, in minor units, and `statement` are the claim on the first supplier, sealed between the two.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, DISPUTED, EXPIRED, TENOR_EXCEEDED, AMOUNT_MISMATCH, ALREADY_EXISTS.
 */
export const disputeCertificate = action<DisputeCertificateParameters, DisputeCertificateResult>(({ amount, statement, ...input }) => ({
  verb: certificateVerbs.disputeCertificate,
  input: toWire(input),
  sealed: toWire({ amount, statement }),
  prepare: async (session, options) => {
    const { certificate, holdings } = await openForSettlement(session, input.certificateId, input.holdingIds, options);
    return { parties: certificateParties(certificate.skeleton), openings: openingsFor(certificateVerbs.disputeCertificate, certificate, ...holdings) };
  },
  existing: async (session, options) => Object.values((await ask(session, certificateVerbs.openDispute, { certificateId: input.certificateId, disputeId: input.disputeId }, options)).records),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.disputeCertificate>),
}));
