import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Certificate } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import type { Absence } from '../submission/parties';

export type DeclareOverdueParameters = Loose<InputOf<typeof certificateVerbs.declareOverdue>> & Absence;
export type DeclareOverdueResult = Certificate;

/**
 * Anyone declares a due certificate overdue once its grace days are over. The obligor is not asked; `absent` may name the
 * settler, in whose place the first holder endorses.
 * Throws NOT_FOUND, NOT_YET, WRONG_STATE.
 */
export const declareOverdue = action<DeclareOverdueParameters, DeclareOverdueResult>(({ absent, ...parameters }) => ({
  verb: certificateVerbs.declareOverdue,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { obligor, supplier, settler, authority = obligor } = await ask(session, certificateVerbs.certificate, { id: parameters.certificateId }, options);
    // Settler or first holder, with the authority: nobody asks the obligor, who may be gone.
    return { parties: { settler: absent === settler ? supplier : settler, authority } };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.declareOverdue>),
}));
