import { status } from '@grpc/grpc-js';
import { common, gateway as protos, orderer, peer } from '@hyperledger/fabric-protos';
import type { ChannelBundle, PeerLedger } from '../interfaces';
import { tryParse } from '../protos';
import { AccessError, requireAccess } from '../syscc';
import { parseBlock } from '../validator/parse';
import { gatewayError } from './errors';

/** Throws PERMISSION_DENIED unless the signer may read on this channel. */
function requireReader(bundle: ChannelBundle, resource: string, channelId: string, message: Uint8Array, identity: Uint8Array, signature: Uint8Array): void {
  if (channelId !== bundle.channelId) throw gatewayError(status.PERMISSION_DENIED, `Failed to get policy manager for channel [${channelId}]`);
  try {
    requireAccess(bundle, resource, { message, identity, signature });
  } catch (error) {
    if (!(error instanceof AccessError)) throw error;
    throw gatewayError(status.PERMISSION_DENIED, error.message);
  }
}

/** Waits until the transaction is in a block of this peer; the first block that holds it answers, whatever its code. */
export async function commitStatus(request: protos.SignedCommitStatusRequest, ledger: PeerLedger, bundle: ChannelBundle, signal: AbortSignal): Promise<protos.CommitStatusResponse> {
  const bytes = request.getRequest_asU8();
  if (bytes.length === 0) throw gatewayError(status.INVALID_ARGUMENT, 'a commit status request is required');
  const inner = tryParse(protos.CommitStatusRequest.deserializeBinary, bytes);
  if (inner === undefined) throw gatewayError(status.INVALID_ARGUMENT, 'invalid status request');
  const txId = inner.getTransactionId();
  const missing = inner.getIdentity_asU8().length === 0 ? 'no identity provided' : inner.getChannelId() === '' ? 'no channel ID provided' : txId === '' ? 'transaction ID should not be empty' : undefined;
  if (missing !== undefined) throw gatewayError(status.INVALID_ARGUMENT, missing);
  requireReader(bundle, 'gateway/CommitStatus', inner.getChannelId(), bytes, inner.getIdentity_asU8(), request.getSignature_asU8());
  return await new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      unsubscribe();
      signal.removeEventListener('abort', cancelled);
      settle();
    };
    const cancelled = () => finish(() => reject(gatewayError(status.CANCELLED, 'context canceled')));
    const look = () => {
      const found = ledger.findTransaction(txId);
      if (found === undefined) return;
      const response = new protos.CommitStatusResponse();
      response.setResult(found.code as peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap]);
      response.setBlockNumber(found.blockNumber);
      finish(() => resolve(response));
    };
    const unsubscribe = ledger.onCommit(look);
    signal.addEventListener('abort', cancelled);
    if (signal.aborted) cancelled();
    else look();
  });
}

/** Chaincode events of valid transactions, block by block, from the position asked for. Ends only with the signal. */
export async function streamEvents(request: protos.SignedChaincodeEventsRequest, ledger: PeerLedger, bundle: ChannelBundle, signal: AbortSignal, write: (response: protos.ChaincodeEventsResponse) => Promise<void>): Promise<void> {
  const bytes = request.getRequest_asU8();
  if (bytes.length === 0) throw gatewayError(status.INVALID_ARGUMENT, 'a chaincode events request is required');
  const inner = tryParse(protos.ChaincodeEventsRequest.deserializeBinary, bytes);
  if (inner === undefined) throw gatewayError(status.INVALID_ARGUMENT, 'invalid chaincode events request');
  requireReader(bundle, 'gateway/ChaincodeEvents', inner.getChannelId(), bytes, inner.getIdentity_asU8(), request.getSignature_asU8());
  const after = inner.getAfterTransactionId();
  let number = startBlock(inner.getStartPosition(), after, ledger);
  // If that transaction emitted no event, nothing is ever delivered: Fabric's peer does the same.
  let skipping = after !== '';
  let wake: () => void = () => undefined;
  const unsubscribe = ledger.onCommit(() => wake());
  const stop = () => wake();
  signal.addEventListener('abort', stop);
  try {
    while (!signal.aborted) {
      const block = ledger.getBlock(number);
      if (block === undefined) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      const response = new protos.ChaincodeEventsResponse();
      response.setBlockNumber(number);
      for (const event of eventsOf(block)) {
        if (skipping) skipping = event.getTxId() !== after;
        else if (event.getChaincodeId() === inner.getChaincodeId()) response.addEvents(event);
      }
      if (response.getEventsList().length > 0) await write(response);
      number += 1;
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', stop);
  }
}

function startBlock(position: orderer.SeekPosition | undefined, after: string, ledger: PeerLedger): number {
  const known = after === '' ? undefined : ledger.findTransaction(after);
  if (known !== undefined) return known.blockNumber;
  const Kind = orderer.SeekPosition.TypeCase;
  const kind = position?.getTypeCase() ?? Kind.TYPE_NOT_SET;
  switch (kind) {
    case Kind.TYPE_NOT_SET:
    case Kind.NEXT_COMMIT:
      return ledger.height;
    case Kind.SPECIFIED:
      return position?.getSpecified()?.getNumber() ?? 0;
    default:
      throw gatewayError(status.INVALID_ARGUMENT, `invalid start position type: *orderer.SeekPosition_${kind === Kind.OLDEST ? 'Oldest' : 'Newest'}`);
  }
}

function eventsOf(bytes: Uint8Array): peer.ChaincodeEvent[] {
  const block = common.Block.deserializeBinary(bytes);
  const codes = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array();
  return parseBlock(bytes, block.getData()?.getDataList_asU8() ?? []).flatMap(({ event }, index) =>
    event !== undefined && codes[index] === peer.TxValidationCode.VALID && event.getChaincodeId() !== '' && event.getEventName() !== '' && event.getTxId() !== '' ? [event] : [],
  );
}
