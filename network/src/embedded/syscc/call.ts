import type { ChannelBundle, Identity, PeerLedger, SignedData, TxSimulator } from '../interfaces';

/** One call of a system chaincode on one peer. */
export interface SystemCall {
  readonly chaincode: string;
  readonly name: string;
  readonly args: readonly Uint8Array[];
  /** Undefined for calls without a simulation: qscc, cscc, and calls that name no channel. */
  readonly simulator: TxSimulator | undefined;
  readonly ledger: PeerLedger;
  readonly bundle: ChannelBundle;
  /** Organisation of the peer. */
  readonly mspId: string;
  readonly creator: Identity;
  /** The signed proposal. */
  readonly signed: SignedData;
  /** Package ids of the chaincodes on this peer. */
  readonly installed: () => readonly string[];
}
