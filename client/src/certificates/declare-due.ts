import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Certificate } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { withoutAbsent } from '../submission/parties';
import type { Absence } from '../submission/parties';

export type DeclareDueParameters = Loose<InputOf<typeof certificateVerbs.declareDue>> & Absence;
export type DeclareDueResult = Certificate;

/**
 * Any member declares a certificate due once its time has come. With a party that is gone (`absent`) the authority endorses
 * in its place.
 * Throws NOT_FOUND, NOT_YET, WRONG_STATE.
 */
export const declareDue = action<DeclareDueParameters, DeclareDueResult>(({ absent, ...parameters }) => ({
  verb: certificateVerbs.declareDue,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const certificate = await ask(session, certificateVerbs.certificate, { id: parameters.certificateId }, options);
    const { obligor, supplier } = certificate;
    return { parties: withoutAbsent({ obligor, supplier, firstHolder: supplier }, certificate, absent) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.declareDue>),
}));
