import { common, peer } from '@hyperledger/fabric-protos';
import type { ChannelBundle, PeerLedger } from '../interfaces';
import { fromUtf8, hex } from '../protos';

/** Evaluate-only system chaincodes. Throws with Fabric's text. */
export function callQscc(name: string, args: readonly Uint8Array[], ledger: PeerLedger): Uint8Array {
  const [channel = new Uint8Array(), argument = new Uint8Array()] = args;
  if (fromUtf8(channel) !== ledger.channelId) throw new Error(`Invalid chain ID, ${fromUtf8(channel)}`);
  switch (name) {
    case 'GetChainInfo': {
      const info = ledger.chainInfo();
      const result = new common.BlockchainInfo();
      result.setHeight(info.height);
      result.setCurrentblockhash(info.currentBlockHash);
      result.setPreviousblockhash(info.previousBlockHash);
      return result.serializeBinary();
    }
    case 'GetBlockByNumber':
      return found(ledger.getBlock(Number(fromUtf8(argument))), `Failed to get block number ${fromUtf8(argument)}, error no such block number [${fromUtf8(argument)}] in index`);
    case 'GetBlockByHash':
      return found(ledger.getBlockByHash(argument), `Failed to get block hash ${hex(argument)}, error no such block hash [${hex(argument)}] in index`);
    case 'GetBlockByTxID': {
      const transaction = ledger.findTransaction(fromUtf8(argument));
      return found(transaction === undefined ? undefined : ledger.getBlock(transaction.blockNumber), `Failed to get block for txID ${fromUtf8(argument)}, error no such transaction ID [${fromUtf8(argument)}] in index`);
    }
    case 'GetTransactionByID': {
      const transaction = ledger.findTransaction(fromUtf8(argument));
      if (transaction === undefined) throw new Error(`Failed to get transaction with id ${fromUtf8(argument)}, error no such transaction ID [${fromUtf8(argument)}] in index`);
      const result = new peer.ProcessedTransaction();
      result.setTransactionenvelope(common.Envelope.deserializeBinary(transaction.envelope));
      result.setValidationcode(transaction.code);
      return result.serializeBinary();
    }
    default:
      throw new Error(`Requested function ${name} not found.`);
  }
}

export function callCscc(name: string, ledger: PeerLedger, bundle: ChannelBundle): Uint8Array {
  switch (name) {
    case 'GetConfigBlock':
      return found(ledger.getBlock(0), 'no configuration block');
    case 'GetChannelConfig':
      return bundle.config.serializeBinary();
    case 'GetChannels': {
      const channel = new peer.ChannelInfo();
      channel.setChannelId(ledger.channelId);
      const result = new peer.ChannelQueryResponse();
      result.setChannelsList([channel]);
      return result.serializeBinary();
    }
    default:
      throw new Error(`Requested function ${name} not found.`);
  }
}

function found(bytes: Uint8Array | undefined, message: string): Uint8Array {
  if (bytes === undefined) throw new Error(message);
  return bytes;
}
