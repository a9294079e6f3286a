import type { Endorser } from '../endorser';
import type { ChannelBundle, Identity, PeerLedger } from '../interfaces';
import type { Orderer } from '../orderer';

/** A peer that the gateway may ask. */
export interface GatewayPeer {
  readonly mspId: string;
  /** `host:port`, as it appears in error details. */
  readonly address: string;
  readonly identity: Identity;
  readonly endorser: Endorser;
  readonly ledger: PeerLedger;
  isRunning(): boolean;
  /** Whether the chaincode is installed there and approved by the peer's organisation. */
  hasChaincode(name: string): boolean;
}

export interface GatewayOptions {
  /** The peer that hosts this gateway. */
  readonly local: GatewayPeer;
  /** All peers of the channel, the local one included. */
  readonly peers: () => readonly GatewayPeer[];
  readonly orderer: Orderer;
  readonly bundle: ChannelBundle;
  /** How long one endorsement may take. */
  readonly endorsementTimeoutMs: number;
}
