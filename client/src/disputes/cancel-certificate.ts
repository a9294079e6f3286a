import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import { openForSettlement } from '../certificates/settlement';
import type { DisputedCertificate } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { openingsFor } from '../submission/ask';
import { certificateParties } from '../submission/parties';

export type CancelCertificateParameters = Loose<InputOf<typeof certificateVerbs.cancelCertificate>>;
export type CancelCertificateResult = DisputedCertificate;

/**
 * The obligor cancels a suspended certificate with all its holdings, whose owners all agreed. Its invoices stay used up.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, FROZEN, EXPIRED, AMOUNT_MISMATCH.
 */
export const cancelCertificate = action<CancelCertificateParameters, CancelCertificateResult>((parameters) => ({
  verb: certificateVerbs.cancelCertificate,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { certificate, holdings } = await openForSettlement(session, parameters.certificateId, parameters.holdingIds, options);
    return { parties: certificateParties(certificate.skeleton), openings: openingsFor(certificateVerbs.cancelCertificate, certificate, ...holdings) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.cancelCertificate>),
}));
