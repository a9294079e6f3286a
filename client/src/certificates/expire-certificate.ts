import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Certificate } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { withoutAbsent } from '../submission/parties';
import type { Absence } from '../submission/parties';

export type ExpireCertificateParameters = Loose<InputOf<typeof certificateVerbs.expireCertificate>> & Absence;
export type ExpireCertificateResult = Certificate;

/**
 * Anyone cancels a certificate that was not accepted before its answer deadline: its invoices are released. With a party
 * that is gone (`absent`) the authority endorses in its place.
 * Throws NOT_FOUND, NOT_YET, WRONG_STATE.
 */
export const expireCertificate = action<ExpireCertificateParameters, ExpireCertificateResult>(({ absent, ...parameters }) => ({
  verb: certificateVerbs.expireCertificate,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const certificate = await ask(session, certificateVerbs.certificate, { id: parameters.certificateId }, options);
    const { obligor, supplier } = certificate;
    return { parties: withoutAbsent({ obligor, supplier, firstHolder: supplier }, certificate, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.expireCertificate>),
}));
