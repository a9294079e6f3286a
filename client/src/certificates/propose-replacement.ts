import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Certificate } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { certificateParties } from '../submission/parties';

export type ProposeReplacementParameters = Loose<InputOf<typeof certificateVerbs.proposeReplacement>>;
export type ProposeReplacementResult = Certificate;

/**
 * The obligor proposes that an active certificate is replaced by a document of another registry, named by its SHA-256.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED.
 */
export const proposeReplacement = action<ProposeReplacementParameters, ProposeReplacementResult>((parameters) => ({
  verb: certificateVerbs.proposeReplacement,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: certificateParties(await ask(session, certificateVerbs.certificate, { id: parameters.certificateId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.proposeReplacement>),
}));
