import type { ChannelPolicy, FinanceKind, MotionChange, Role, Subject } from '../schemas';
import type { MotionState } from '../tables/motion';

export interface AttestationSkeleton {
  readonly id: string;
  readonly author: string;
  readonly subject: Subject;
  readonly claim: string;
  readonly evidenceHash: string;
  readonly attestedAt: string;
  readonly expiresAt?: string;
  readonly revoked?: boolean;
  readonly revokedAt?: string;
  readonly revokedBecause?: string;
  /** The author's earlier attestation of the same claim on the same subject, whose place this one takes. */
  readonly supersedes?: string;
}

/** How a certificate stands against the evidence that the channel asks for; a financier reads it before quoting. */
export interface EvidenceScore {
  readonly certificateId: string;
  readonly policyVersion: number;
  /** Organisations that are parties to the deal and so no witnesses. */
  readonly parties: readonly string[];
  readonly finance: readonly FinanceScore[];
  /** Members that dispute the certificate or one of its shipments, invoices or lots. */
  readonly disputed: readonly { readonly mspId: string; readonly attestationId: string; readonly subject: Subject }[];
  /** Lots under recall: no new finance until it is lifted. */
  readonly recalled: readonly { readonly lot: string; readonly recallId: string }[];
}

/** The rules of one kind of finance; `complete`: every one of them is met. */
export interface FinanceScore {
  readonly finance: FinanceKind;
  readonly complete: boolean;
  readonly rules: readonly { readonly claim: string; readonly role: Role; readonly needed: number; readonly witnesses: readonly string[]; readonly missing: number }[];
}

export interface MemberRecord {
  readonly mspId: string;
  readonly name: string;
  readonly gln: string;
  readonly roles: readonly Role[];
  readonly state: 'active' | 'suspended';
  /** Time of the last change. */
  readonly since: string;
  /** 1 at founding or admission, one more with each change by vote. */
  readonly version: number;
  /** The motion that made this version; none at founding. */
  readonly motionId?: string;
}

/** A proposal to change members or policy, and what became of it. */
export interface MotionSkeleton {
  readonly id: string;
  readonly proposer: string;
  readonly state: MotionState;
  readonly change: MotionChange;
  /** Version of the member record (0: none yet) or of the policy that it changes; enacting needs that it still stands. */
  readonly base: number;
  readonly proposedAt: string;
  readonly expiresAt: string;
  readonly closedAt?: string;
}

/** A member's word on a motion, for everyone to read; it counts by its author's anchor over the same fact alone. */
export interface VoteRecord {
  readonly motionId: string;
  readonly mspId: string;
  readonly inFavour: boolean;
  /** SHA-256 (hex) of what was voted on; another content under the same id is another motion. */
  readonly motion: string;
}

/** A motion with the votes that count now. */
export interface MotionStanding {
  readonly motion: MotionSkeleton;
  /** Active members that voted for and against. */
  readonly inFavour: readonly string[];
  readonly against: readonly string[];
  /** Votes that enacting needs by the policy in force. */
  readonly needed: number;
  /** Whether it can be enacted now. */
  readonly carried: boolean;
}

/** One version of the channel policy, kept for good. */
export interface PolicyVersion {
  readonly version: number;
  readonly policy: ChannelPolicy;
  readonly since: string;
  readonly motionId?: string;
}

/** The next version of the policy before a vote makes it: under the members' guard, so that nobody else can write it first. */
export interface ReservedVersion {
  readonly reserved: true;
}

/** What an organisation asks of its own people. */
export interface OrganisationPolicy {
  readonly mspId: string;
  /** Whether maker and checker of an acceptance must be two identities; so it is unless the organisation says otherwise. */
  readonly twoPeople: boolean;
}

/** The channel's rules as they stand on the ledger, with what founding fixed and who is a member. */
export interface ChannelRecord {
  readonly policy: ChannelPolicy;
  readonly version: number;
  readonly foundedAt: string;
  /** SHA-256 (hex) of the founding document; every founding member keeps it as its own anchor. */
  readonly foundation: string;
  /**
   * MSP ids of all members, suspended ones included, in order. A member's own record counts only if it is named here:
   * a record that two colluders write for a stranger makes nobody a member.
   */
  readonly members: readonly string[];
  /** Active member with the role authority, if there is one. */
  readonly authority?: string;
}
