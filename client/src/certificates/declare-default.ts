import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Certificate } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import type { Absence } from '../submission/parties';

export type DeclareDefaultParameters = Loose<InputOf<typeof certificateVerbs.declareDefault>> & Absence;
export type DeclareDefaultResult = Certificate;

/**
 * The owner of a live holding (`holdingId`) declares an overdue certificate defaulted once the days to default are over,
 * or the authority does at any time by an order (`orderId`): recourse opens. The obligor is not asked.
 * Throws NOT_FOUND, NOT_A_PARTY, NOT_YET, WRONG_STATE.
 */
export const declareDefault = action<DeclareDefaultParameters, DeclareDefaultResult>(({ absent, ...parameters }) => ({
  verb: certificateVerbs.declareDefault,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { obligor, supplier, settler, authority = obligor } = await ask(session, certificateVerbs.certificate, { id: parameters.certificateId }, options);
    // Settler or first holder, with the authority: nobody asks the obligor, who may be gone.
    return { parties: { settler: absent === settler ? supplier : settler, authority } };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.declareDefault>),
}));
