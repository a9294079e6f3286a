import type { ChannelPolicy, Role, Subject } from '../schemas';

export interface AttestationSkeleton {
  readonly id: string;
  readonly author: string;
  readonly subject: Subject;
  readonly claim: string;
  readonly evidenceHash: string;
  readonly attestedAt: string;
  readonly expiresAt?: string;
  readonly revoked?: boolean;
}

export interface MemberRecord {
  readonly mspId: string;
  readonly name: string;
  readonly gln: string;
  readonly roles: readonly Role[];
  readonly state: 'active' | 'suspended';
  readonly since: string;
}

/** The channel's rules as they stand on the ledger, with what founding fixed. */
export interface ChannelRecord {
  readonly policy: ChannelPolicy;
  readonly version: number;
  readonly foundedAt: string;
  /** SHA-256 (hex) of the founding document; every founding member keeps it as its own anchor. */
  readonly foundation: string;
  /** Member with the role authority, if there is one. */
  readonly authority?: string;
}
