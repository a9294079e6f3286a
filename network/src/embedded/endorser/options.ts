import type { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeRuntime } from '../chaincode/runtime';
import type { ChannelBundle, PeerLedger, SigningIdentity } from '../interfaces';

export interface EndorserOptions {
  readonly mspId: string;
  readonly identity: SigningIdentity;
  readonly ledger: PeerLedger;
  readonly bundle: ChannelBundle;
  readonly runtime: ChaincodeRuntime;
  /** Fabric's state lock: a simulation shares it, a commit waits for it. Resolves with the release function. */
  readonly shareState: () => Promise<() => void>;
  /** Keeps a private write set here and hands it to the other members, before the endorsement goes out. Throws if too few can have it. */
  readonly distribute: (txId: string, privateReadWriteSet: Uint8Array) => void;
  readonly executeTimeoutMs: number;
}

/** Outcome of a proposal. `error` without a response: the peer does not serve the client at all; with one: it refuses the proposal. */
export interface EndorserAnswer {
  readonly response?: peer.ProposalResponse;
  readonly error?: string;
}
