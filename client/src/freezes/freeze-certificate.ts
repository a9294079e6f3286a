import type { InputOf, ResultOf } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { Created, Freeze } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { withWitness } from '../submission/parties';

export type FreezeCertificateParameters = Loose<InputOf<typeof certificateVerbs.freezeCertificate>> & {
  /** Second organisation that endorses; default: the settler of the certificate. */
  readonly witness?: string;
};
export type FreezeCertificateResult = Created<Freeze>;

/**
 * The authority of a certificate freezes it with all its holdings until `endsAt`: nothing of it changes hands. Neither
 * the obligor nor an owner need agree. The order ends by itself, can be lifted, and is extended by another order.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_ROLE, WRONG_STATE, EXPIRED, ALREADY_EXISTS.
 */
export const freezeCertificate = action<FreezeCertificateParameters, FreezeCertificateResult>(({ witness, ...input }) => ({
  verb: certificateVerbs.freezeCertificate,
  input: toWire(input),
  prepare: async (session, options) => {
    const certificate = await ask(session, certificateVerbs.certificate, { id: input.certificateId }, options);
    return { parties: { ...withWitness(session, witness, [certificate.settler]), authority: session.mspId } };
  },
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.freezeCertificate>),
}));
