import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Certificate } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { certificateParties } from '../submission/parties';

export type ConfirmCertificateParameters = Loose<InputOf<typeof certificateVerbs.confirmCertificate>>;
export type ConfirmCertificateResult = Certificate;

/**
 * The obligor's checker, another person than the maker, confirms a proposed certificate: it is issued.
 * Throws NOT_FOUND, NOT_A_PARTY, SAME_IDENTITY, WRONG_STATE.
 */
export const confirmCertificate = action<ConfirmCertificateParameters, ConfirmCertificateResult>((parameters) => ({
  verb: certificateVerbs.confirmCertificate,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: certificateParties(await ask(session, certificateVerbs.certificate, { id: parameters.certificateId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.confirmCertificate>),
}));
