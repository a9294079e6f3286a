import type { ServerDuplexStream, UntypedServiceImplementation } from '@grpc/grpc-js';
import { common, ledger as ledgerProtos, peer } from '@hyperledger/fabric-protos';
import type { ChannelBundle, Identity, PeerLedger } from '../interfaces';
import { findCollection } from '../privdata/collections';
import { satisfiesPolicy } from '../policy';
import { lookupDefinition } from '../syscc';
import { parseTransaction } from '../validator/parse';
import type { BlockSource } from './seek';
import { serveDeliver } from './seek';

type Call = ServerDuplexStream<common.Envelope, peer.DeliverResponse>;

/** protos.Deliver of one peer: blocks, filtered blocks, blocks with the private data that the reader may see. */
export function deliverService(ledger: PeerLedger, bundle: ChannelBundle): UntypedServiceImplementation {
  const source: BlockSource = { height: () => ledger.height, block: (number) => ledger.getBlock(number), onBlock: (listener) => ledger.onCommit((block) => listener(block.number)) };
  const status = (code: number) => {
    const response = new peer.DeliverResponse();
    response.setStatus(code as common.StatusMap[keyof common.StatusMap]);
    return response;
  };
  const serve = (resource: string, block: (bytes: Uint8Array, number: number, reader: Identity) => peer.DeliverResponse) => (call: Call) => serveDeliver(call, source, bundle, bundle.acl(resource) ?? resource, { status, block });
  return {
    deliver: serve('event/Block', (bytes) => {
      const response = new peer.DeliverResponse();
      response.setBlock(common.Block.deserializeBinary(bytes));
      return response;
    }),
    deliverFiltered: serve('event/FilteredBlock', (bytes) => {
      const response = new peer.DeliverResponse();
      response.setFilteredBlock(filtered(bytes, ledger.channelId));
      return response;
    }),
    deliverWithPrivateData: serve('event/Block', (bytes, number, reader) => {
      const result = new peer.BlockAndPrivateData();
      result.setBlock(common.Block.deserializeBinary(bytes));
      for (const [index, privateBytes] of ledger.getPrivateDataOfBlock(number)) {
        const visible = visibleTo(reader, privateBytes, ledger, bundle);
        if (visible !== undefined) result.getPrivateDataMapMap().set(index, visible);
      }
      const response = new peer.DeliverResponse();
      response.setBlockAndPrivateData(result);
      return response;
    }),
  };
}

function filtered(bytes: Uint8Array, channelId: string): peer.FilteredBlock {
  const block = common.Block.deserializeBinary(bytes);
  const codes = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array();
  const result = new peer.FilteredBlock();
  result.setChannelId(channelId);
  result.setNumber(block.getHeader()?.getNumber() ?? 0);
  (block.getData()?.getDataList_asU8() ?? []).forEach((envelope, index) => {
    const parsed = parseTransaction(envelope);
    const transaction = new peer.FilteredTransaction();
    transaction.setTxid(parsed.txId);
    transaction.setType(parsed.isConfig ? common.HeaderType.CONFIG : common.HeaderType.ENDORSER_TRANSACTION);
    transaction.setTxValidationCode((codes[index] ?? 254) as peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap]);
    if (!parsed.isConfig) {
      const actions = new peer.FilteredTransactionActions();
      if (parsed.event !== undefined) {
        const event = parsed.event.cloneMessage();
        event.setPayload('');
        const action = new peer.FilteredChaincodeAction();
        action.setChaincodeEvent(event);
        actions.addChaincodeActions(action);
      }
      transaction.setTransactionActions(actions);
    }
    result.addFilteredTransactions(transaction);
  });
  return result;
}

function visibleTo(reader: Identity, bytes: Uint8Array, ledger: PeerLedger, bundle: ChannelBundle): ledgerProtos.rwset.TxPvtReadWriteSet | undefined {
  const set = ledgerProtos.rwset.TxPvtReadWriteSet.deserializeBinary(bytes);
  const read = (key: string) => ledger.getState('_lifecycle', key)?.value;
  const namespaces = set.getNsPvtRwsetList().flatMap((ns) => {
    const collections = ns.getCollectionPvtRwsetList().filter((part) => {
      const collection = findCollection(read, lookupDefinition, bundle, ns.getNamespace(), part.getCollectionName());
      return collection !== undefined && satisfiesPolicy(common.SignaturePolicyEnvelope.deserializeBinary(collection.memberPolicy), [reader]);
    });
    if (collections.length === 0) return [];
    const visible = new ledgerProtos.rwset.NsPvtReadWriteSet();
    visible.setNamespace(ns.getNamespace());
    visible.setCollectionPvtRwsetList(collections);
    return [visible];
  });
  if (namespaces.length === 0) return undefined;
  const result = new ledgerProtos.rwset.TxPvtReadWriteSet();
  result.setNsPvtRwsetList(namespaces);
  return result;
}

