import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Certificate } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { certificateParties } from '../submission/parties';

export type RefuseCertificateParameters = Loose<InputOf<typeof certificateVerbs.refuseCertificate>>;
export type RefuseCertificateResult = Certificate;

/**
 * The supplier refuses a certificate: it is cancelled and its invoices are released.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const refuseCertificate = action<RefuseCertificateParameters, RefuseCertificateResult>((parameters) => ({
  verb: certificateVerbs.refuseCertificate,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: certificateParties(await ask(session, certificateVerbs.certificate, { id: parameters.certificateId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.refuseCertificate>),
}));
