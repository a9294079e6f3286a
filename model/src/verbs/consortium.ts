import { z } from 'zod';
import { keyTable } from '../ledger-keys';
import type { ObjectType } from '../ledger-keys';
import { channelPolicy, claim, hash, id, itemId, longText, member, motionChange, mspId, page, shortText, subject, timestamp } from '../schemas';
import type { SealedRecord } from '../sealed';
import type { AttestationSkeleton, ChannelRecord, EvidenceScore, MemberRecord, MotionSkeleton, MotionStanding, OrganisationPolicy, PolicyVersion, VoteRecord } from '../skeletons';
import { evaluateVerb, submitVerb, type } from '../verb';
import type { Created, InputOf, Page } from '../verb';

const consortiumContract = { contract: 'consortium' } as const;
const ofMotion = z.strictObject({ motionId: id });
/** Name of a sealed record: its type and id, as in `holding:H-1`. */
const recordName = z.strictObject({ type: z.string().regex(/^[a-z][A-Za-z]{0,30}$/, 'must be the type of a sealed record such as "holding"'), id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/, 'must be the id of a sealed record') });
/** Name of a public object, and what someone outside wants to find in the answer. */
const publicName = z.strictObject({ type: z.enum(Object.keys(keyTable) as [ObjectType, ...ObjectType[]]), attributes: z.array(itemId).min(1).max(5), challenge: shortText.optional() });

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
  proposeMotion: submitVerb({
    ...consortiumContract,
    name: 'proposeMotion',
    summary: 'Proposes to admit, suspend or readmit a member, to change its roles, or to change the channel policy; the proposer votes for it.',
    input: z.strictObject({ motionId: id, change: motionChange, expiresAt: timestamp }),
    endorsers: ['self', 'witness'],
    result: type<Created<MotionSkeleton>>(),
  }),
  castVote: submitVerb({
    ...consortiumContract,
    name: 'castVote',
    summary: 'Votes for or against a motion, once.',
    input: z.strictObject({ motionId: id, inFavour: z.boolean() }),
    endorsers: ['self', 'witness'],
    result: type<Created<VoteRecord>>(),
  }),
  withdrawMotion: submitVerb({
    ...consortiumContract,
    name: 'withdrawMotion',
    summary: "Takes one's own motion back.",
    input: ofMotion,
    endorsers: ['self', 'witness'],
    whileSuspended: true,
    result: type<MotionSkeleton>(),
  }),
  expireMotion: submitVerb({
    ...consortiumContract,
    name: 'expireMotion',
    summary: 'Closes a motion whose time has passed.',
    input: ofMotion,
    endorsers: ['self', 'voters'],
    whileSuspended: true,
    result: type<MotionSkeleton>(),
  }),
  enactMotion: submitVerb({
    ...consortiumContract,
    name: 'enactMotion',
    summary: 'Puts a carried motion into force, endorsed by as many members as the policy asks.',
    input: ofMotion,
    endorsers: ['voters'],
    result: type<{ readonly motion: MotionSkeleton; readonly channel: ChannelRecord; readonly member?: MemberRecord }>(),
  }),
  setOrganisationPolicy: submitVerb({
    ...consortiumContract,
    name: 'setOrganisationPolicy',
    summary: 'Says whether maker and checker of an acceptance by the own organisation must be two identities.',
    users: ['checker'],
    input: z.strictObject({ twoPeople: z.boolean() }),
    endorsers: ['self', 'witness'],
    result: type<OrganisationPolicy>(),
  }),
  openToAuditor: submitVerb({
    ...consortiumContract,
    name: 'openToAuditor',
    summary: 'Shows sealed records of the own organisation to an auditor that the channel policy names.',
    input: z.strictObject({ auditor: mspId, records: z.array(recordName).min(1).max(50) }),
    endorsers: ['self', 'auditor'],
    whileSuspended: true,
    result: type<{ readonly auditor: string; readonly records: readonly string[] }>(),
  }),
  member: evaluateVerb({ ...consortiumContract, name: 'member', summary: 'One member with its roles.', input: z.strictObject({ mspId }), result: type<MemberRecord>() }),
  members: evaluateVerb({ ...consortiumContract, name: 'members', summary: 'All members, paged.', input: z.strictObject({ ...page }), result: type<Page<MemberRecord>>() }),
  policy: evaluateVerb({ ...consortiumContract, name: 'policy', summary: 'The channel policy in force.', input: z.strictObject({}), result: type<ChannelRecord>() }),
  policyVersions: evaluateVerb({ ...consortiumContract, name: 'policyVersions', summary: 'Every version that the channel policy had, the oldest first, paged.', input: z.strictObject({ ...page }), result: type<Page<PolicyVersion>>() }),
  motion: evaluateVerb({ ...consortiumContract, name: 'motion', summary: 'A motion with the votes that count.', input: ofMotion, result: type<MotionStanding>() }),
  motions: evaluateVerb({ ...consortiumContract, name: 'motions', summary: 'All motions, paged.', input: z.strictObject({ ...page }), result: type<Page<MotionSkeleton>>() }),
  organisationPolicy: evaluateVerb({ ...consortiumContract, name: 'organisationPolicy', summary: 'What an organisation asks of its own people.', input: z.strictObject({ mspId }), result: type<OrganisationPolicy>() }),
  publicObject: evaluateVerb({
    ...consortiumContract,
    name: 'publicObject',
    summary: 'The hash of a public object. Endorsed by several organisations, the answer proves to someone outside that the object stands so; a challenge of his shows that it was asked after it.',
    input: publicName,
    result: type<InputOf<{ readonly input: typeof publicName }> & { readonly hash: string }>(),
  }),
  sealedRecord: evaluateVerb({ ...consortiumContract, name: 'sealedRecord', summary: 'A sealed record as the own organisation holds it.', input: recordName, result: type<SealedRecord>() }),
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
    input: z.strictObject({ attestationId: id, reason: longText.optional() }),
    endorsers: ['self', 'witness'],
    whileSuspended: true,
    result: type<AttestationSkeleton>(),
  }),
  attestation: evaluateVerb({ ...attestationContract, name: 'attestation', summary: 'One attestation.', input: z.strictObject({ attestationId: id }), result: type<AttestationSkeleton>() }),
  attestationsOf: evaluateVerb({ ...attestationContract, name: 'attestationsOf', summary: 'Who attested what of a subject.', input: z.strictObject({ subject, ...page }), result: type<Page<AttestationSkeleton>>() }),
  attestationHistory: evaluateVerb({ ...attestationContract, name: 'attestationHistory', summary: 'An attestation and those of its author whose place it took, the newest first.', input: z.strictObject({ attestationId: id }), result: type<readonly AttestationSkeleton[]>() }),
  evidenceScore: evaluateVerb({
    ...attestationContract,
    name: 'evidenceScore',
    summary: 'Which witnesses that the policy asks for a certificate has, and which are missing, for each kind of finance.',
    input: z.strictObject({ certificateId: id, parties: z.array(mspId).max(10).optional() }),
    result: type<EvidenceScore>(),
  }),
} as const;
