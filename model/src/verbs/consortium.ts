import { z } from 'zod';
import { channelPolicy, claim, hash, id, member, mspId, page, subject, timestamp } from '../schemas';
import type { AttestationSkeleton, ChannelRecord, MemberRecord } from '../skeletons';
import { evaluateVerb, submitVerb, type } from '../verb';
import type { Created, Page } from '../verb';

const consortiumContract = { contract: 'consortium' } as const;

/** Founding, members and the rules of the channel (finance.md, "Consortium"). */
export const consortiumVerbs = {
  bootstrap: submitVerb({
    ...consortiumContract,
    name: 'bootstrap',
    summary: 'Founds the consortium: names members and channel policy, once, endorsed by every founding member.',
    input: z.strictObject({ members: z.array(member).min(2).max(100), policy: channelPolicy }),
    endorsers: ['members'],
    result: type<Created<{ readonly members: readonly MemberRecord[]; readonly channel: ChannelRecord }>>(),
  }),
  member: evaluateVerb({ ...consortiumContract, name: 'member', summary: 'One member with its roles.', input: z.strictObject({ mspId }), result: type<MemberRecord>() }),
  members: evaluateVerb({ ...consortiumContract, name: 'members', summary: 'All members, paged.', input: z.strictObject({ ...page }), result: type<Page<MemberRecord>>() }),
  policy: evaluateVerb({ ...consortiumContract, name: 'policy', summary: 'The channel policy in force.', input: z.strictObject({}), result: type<ChannelRecord>() }),
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
    result: type<Created<AttestationSkeleton>>(),
  }),
  revoke: submitVerb({
    ...attestationContract,
    name: 'revoke',
    summary: "Takes one's own attestation back.",
    input: z.strictObject({ attestationId: id }),
    endorsers: ['self', 'witness'],
    result: type<AttestationSkeleton>(),
  }),
  attestation: evaluateVerb({ ...attestationContract, name: 'attestation', summary: 'One attestation.', input: z.strictObject({ attestationId: id }), result: type<AttestationSkeleton>() }),
  attestationsOf: evaluateVerb({ ...attestationContract, name: 'attestationsOf', summary: 'Who attested what of a subject.', input: z.strictObject({ subject, ...page }), result: type<Page<AttestationSkeleton>>() }),
} as const;
