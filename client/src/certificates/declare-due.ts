import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Certificate } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { certificateParties } from '../submission/parties';

export type DeclareDueParameters = Loose<InputOf<typeof certificateVerbs.declareDue>>;
export type DeclareDueResult = Certificate;

/**
 * Any member declares a certificate due once its time has come.
 * Throws NOT_FOUND, NOT_YET, WRONG_STATE.
 */
export const declareDue = action<DeclareDueParameters, DeclareDueResult>((parameters) => ({
  verb: certificateVerbs.declareDue,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: certificateParties(await ask(session, certificateVerbs.certificate, { id: parameters.certificateId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.declareDue>),
}));
