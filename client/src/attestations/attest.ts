import type { InputOf, ResultOf } from '@dualchain/model';
import { attestationVerbs } from '@dualchain/model';
import type { Attestation, Created } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { withWitness } from '../submission/parties';

export type AttestParameters = Loose<InputOf<typeof attestationVerbs.attest>> & {
  /** Second organisation that endorses; default: the authority, else another member. */
  readonly witness?: string;
};
export type AttestResult = Created<Attestation>;

/**
 * The own organisation witnesses a subject (lot, event, shipment, invoice, certificate) with a claim and the SHA-256 of
 * its evidence.
 * Throws INVALID_INPUT, NOT_A_MEMBER, ALREADY_EXISTS.
 */
export const attest = action<AttestParameters, AttestResult>(({ witness, ...input }) => ({
  verb: attestationVerbs.attest,
  input: toWire(input),
  prepare: (session) => ({ parties: withWitness(session, witness) }),
  decode: (answer) => typed(answer as ResultOf<typeof attestationVerbs.attest>),
}));
