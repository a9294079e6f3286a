import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Certificate } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { certificateParties } from '../submission/parties';

export type AcceptCertificateParameters = Loose<InputOf<typeof certificateVerbs.acceptCertificate>>;
export type AcceptCertificateResult = Certificate;

/**
 * The supplier consents to be paid by certificate: it is active and its first holding free.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE.
 */
export const acceptCertificate = action<AcceptCertificateParameters, AcceptCertificateResult>((parameters) => ({
  verb: certificateVerbs.acceptCertificate,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: certificateParties(await ask(session, certificateVerbs.certificate, { id: parameters.certificateId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.acceptCertificate>),
}));
