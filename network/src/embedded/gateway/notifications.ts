import { status } from '@grpc/grpc-js';
import { common, gateway as protos, orderer, peer } from '@hyperledger/fabric-protos';
import type { ChannelBundle, PeerLedger } from '../interfaces';
import { parseBlock } from '../validator/parse';
import { gatewayError } from './errors';

/** Checks that the signer of a status or event request may read. Throws PERMISSION_DENIED. */
export function requireReader(bundle: ChannelBundle, resource: string, channelId: string, message: Uint8Array, identity: Uint8Array, signature: Uint8Array): void {
  if (channelId !== bundle.channelId) throw gatewayError(status.PERMISSION_DENIED, `Failed to get policy manager for channel [${channelId}]`);
  try {
    bundle.policies.evaluate(bundle.acl(resource), [{ message, identity, signature }]);
  } catch (error) {
    throw gatewayError(status.PERMISSION_DENIED, error instanceof Error ? error.message : String(error));
  }
}

/** Waits until the transaction is in a block of this peer; the first block that holds it answers. */
export function commitStatus(request: protos.SignedCommitStatusRequest, ledger: PeerLedger, bundle: ChannelBundle, signal: AbortSignal): Promise<protos.CommitStatusResponse> {
  const bytes = request.getRequest_asU8();
  if (bytes.length === 0) return Promise.reject(gatewayError(status.INVALID_ARGUMENT, 'a commit status request is required'));
  const inner = protos.CommitStatusRequest.deserializeBinary(bytes);
  const missing = inner.getIdentity_asU8().length === 0 ? 'no identity provided' : inner.getChannelId() === '' ? 'no channel ID provided' : inner.getTransactionId() === '' ? 'transaction ID should not be empty' : undefined;
  if (missing !== undefined) return Promise.reject(gatewayError(status.INVALID_ARGUMENT, missing));
  requireReader(bundle, 'gateway/CommitStatus', inner.getChannelId(), bytes, inner.getIdentity_asU8(), request.getSignature_asU8());
  const txId = inner.getTransactionId();
  return new Promise((resolve, reject) => {
    const look = (): boolean => {
      const found = ledger.findTransaction(txId);
      if (found === undefined) return false;
      const response = new protos.CommitStatusResponse();
      response.setResult(found.code as peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap]);
      response.setBlockNumber(found.blockNumber);
      unsubscribe();
      resolve(response);
      return true;
    };
    const unsubscribe = ledger.onCommit(() => look());
    signal.addEventListener('abort', () => {
      unsubscribe();
      reject(gatewayError(status.CANCELLED, 'context canceled'));
    });
    look();
  });
}

/** Chaincode events of valid transactions, block by block, from the position asked for. Ends only with the signal. */
export async function streamEvents(request: protos.SignedChaincodeEventsRequest, ledger: PeerLedger, bundle: ChannelBundle, signal: AbortSignal, write: (response: protos.ChaincodeEventsResponse) => Promise<void>): Promise<void> {
  const bytes = request.getRequest_asU8();
  const inner = protos.ChaincodeEventsRequest.deserializeBinary(bytes);
  requireReader(bundle, 'gateway/ChaincodeEvents', inner.getChannelId(), bytes, inner.getIdentity_asU8(), request.getSignature_asU8());
  const after = inner.getAfterTransactionId();
  let number = startBlock(inner.getStartPosition(), after, ledger);
  let skipping = after !== '' && ledger.findTransaction(after) !== undefined;
  let wake: () => void = () => undefined;
  const unsubscribe = ledger.onCommit(() => wake());
  signal.addEventListener('abort', () => wake());
  while (!signal.aborted) {
    const block = ledger.getBlock(number);
    if (block === undefined) {
      await new Promise<void>((resolve) => (wake = resolve));
      continue;
    }
    const response = new protos.ChaincodeEventsResponse();
    response.setBlockNumber(number);
    for (const event of eventsOf(block, inner.getChaincodeId())) {
      if (!skipping) response.addEvents(event);
      else if (event.getTxId() === after) skipping = false;
    }
    if (response.getEventsList().length > 0) await write(response);
    number += 1;
  }
  unsubscribe();
}

function startBlock(position: orderer.SeekPosition | undefined, after: string, ledger: PeerLedger): number {
  const known = after === '' ? undefined : ledger.findTransaction(after);
  if (known !== undefined) return known.blockNumber;
  const Kind = orderer.SeekPosition.TypeCase;
  switch (position?.getTypeCase() ?? Kind.TYPE_NOT_SET) {
    case Kind.TYPE_NOT_SET:
    case Kind.NEXT_COMMIT:
      return ledger.height;
    case Kind.SPECIFIED:
      return position?.getSpecified()?.getNumber() ?? 0;
    default:
      throw gatewayError(status.INVALID_ARGUMENT, 'invalid start position type');
  }
}

function eventsOf(bytes: Uint8Array, chaincode: string): peer.ChaincodeEvent[] {
  const block = common.Block.deserializeBinary(bytes);
  const codes = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array();
  return parseBlock(bytes, block.getData()?.getDataList_asU8() ?? []).flatMap(({ event }, index) =>
    event !== undefined && codes[index] === peer.TxValidationCode.VALID && event.getChaincodeId() === chaincode && event.getEventName() !== '' ? [event] : [],
  );
}
