import { z } from 'zod';
import { channelPolicy, claim, hash, id, member, mspId, page, subject, timestamp } from '../schemas';
import { evaluateVerb, submitVerb } from '../verb';

const consortiumContract = { contract: 'consortium' } as const;

/** Founding, members and the rules of the channel (finance.md, "Consortium"). */
export const consortiumVerbs = {
  bootstrap: submitVerb({
    ...consortiumContract,
    name: 'bootstrap',
    summary: 'Founds the consortium: names members and channel policy, once, endorsed by every founding member.',
    input: z.strictObject({ members: z.array(member).min(2).max(100), policy: channelPolicy }),
    endorsers: ['members'],
  }),
  member: evaluateVerb({ ...consortiumContract, name: 'member', summary: 'One member with its roles.', input: z.strictObject({ mspId }) }),
  members: evaluateVerb({ ...consortiumContract, name: 'members', summary: 'All members, paged.', input: z.strictObject({ ...page }) }),
  policy: evaluateVerb({ ...consortiumContract, name: 'policy', summary: 'The channel policy in force.', input: z.strictObject({}) }),
} as const;

const attestationContract = { contract: 'attestation' } as const;

/** Many-sided verification (finance.md, "Attestations"). */
export const attestationVerbs = {
  attest: submitVerb({
    ...attestationContract,
    name: 'attest',
    summary: 'Witnesses a subject with a typed claim and the hash of the evidence.',
    input: z.strictObject({ attestationId: id, subject, claim, evidenceHash: hash, expiresAt: timestamp.optional() }),
    endorsers: ['self', 'witness'],
  }),
  revoke: submitVerb({
    ...attestationContract,
    name: 'revoke',
    summary: "Takes one's own attestation back.",
    input: z.strictObject({ attestationId: id }),
    endorsers: ['self', 'witness'],
  }),
  attestation: evaluateVerb({ ...attestationContract, name: 'attestation', summary: 'One attestation.', input: z.strictObject({ attestationId: id }) }),
  attestationsOf: evaluateVerb({ ...attestationContract, name: 'attestationsOf', summary: 'Who attested what of a subject.', input: z.strictObject({ subject }) }),
} as const;
