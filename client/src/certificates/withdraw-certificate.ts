import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Certificate } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { certificateParties } from '../submission/parties';

export type WithdrawCertificateParameters = Loose<InputOf<typeof certificateVerbs.withdrawCertificate>>;
export type WithdrawCertificateResult = Certificate;

/**
 * The obligor withdraws a certificate that the supplier has not accepted yet; its invoices are released.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const withdrawCertificate = action<WithdrawCertificateParameters, WithdrawCertificateResult>((parameters) => ({
  verb: certificateVerbs.withdrawCertificate,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: certificateParties(await ask(session, certificateVerbs.certificate, { id: parameters.certificateId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.withdrawCertificate>),
}));
