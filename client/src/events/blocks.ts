import { DualchainError } from '@dualchain/model';
import type { peer } from '@hyperledger/fabric-protos';
import type { CallOptions, Session } from '../session';
import { heightOf } from '../submission/heights';
import { checkCallOptions, checkFields, invalidParameter } from '../submission/plan';
import type { LedgerBlock } from './decode-block';
import { decodeBlock, decodePrivateBlock } from './decode-block';
import { toBlockNumber } from './positions';
import { reconnecting } from './reconnect';

export interface BlocksParameters {
  /** First block; default 0. */
  readonly from?: bigint | number;
  /** Last block, included; `latest`: the newest at the time of the call; left out: goes on for ever. */
  readonly to?: bigint | number | 'latest';
  /** Also the private data of the own organisation (default true). */
  readonly privateData?: boolean;
}

/**
 * The ledger block by block, decoded, with the private writes that the own organisation may read: what an auditor
 * replays. Survives the loss of a peer; ends behind `to` or when the caller aborts.
 * Throws INVALID_INPUT, ENDORSEMENT_FAILED (not a reader of the channel), UNAVAILABLE.
 */
export async function* blocks(session: Session, parameters: BlocksParameters = {}, options: CallOptions = {}): AsyncGenerator<LedgerBlock, void, undefined> {
  const { from = 0n, to, privateData = true } = checkFields(parameters, ['from', 'to', 'privateData']);
  checkCallOptions(options);
  if (typeof privateData !== 'boolean') throw invalidParameter('privateData', 'must be true or false');
  let next = toBlockNumber(from, 'from');
  const last = to === 'latest' ? await newest(session, options) : to === undefined ? undefined : toBlockNumber(to, 'to');
  if (last !== undefined && next > last) return;
  const stream = privateData
    ? reconnecting<peer.BlockAndPrivateData>(session, 'blocks', (network) => network.getBlockAndPrivateDataEvents({ startBlock: next }), options)
    : reconnecting(session, 'blocks', (network) => network.getBlockEvents({ startBlock: next }), options);
  for await (const item of stream) {
    const block = 'getPrivateDataMapMap' in item ? decodePrivateBlock(item) : decodeBlock(item);
    if (block.number < next) continue;
    yield block;
    next = block.number + 1n;
    if (last !== undefined && block.number >= last) return;
  }
}

/** Number of the newest block of the own organisation's peer. Throws UNAVAILABLE. */
export async function newest(session: Session, options: CallOptions): Promise<bigint> {
  const height = await heightOf(session, session.mspId, options);
  if (height === undefined) throw new DualchainError('UNAVAILABLE', 'No peer of your organisation tells how many blocks there are; is it up?');
  return height - 1n;
}
