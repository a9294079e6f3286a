import { common, peer } from '@hyperledger/fabric-protos';
import type { ChannelBundle, PeerLedger } from '../interfaces';
import { fromUtf8, hex } from '../protos';

/** A question that has no answer; the text is Fabric's. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}

/** Evaluate-only system chaincodes. Throws QueryError with Fabric's text. */
export function callQscc(name: string, args: readonly Uint8Array[], ledger: PeerLedger): Uint8Array {
  const argument = args[1] ?? new Uint8Array();
  switch (name) {
    case 'GetChainInfo': {
      const info = ledger.chainInfo();
      const result = new common.BlockchainInfo();
      result.setHeight(info.height);
      result.setCurrentblockhash(info.currentBlockHash);
      result.setPreviousblockhash(info.previousBlockHash);
      return result.serializeBinary();
    }
    case 'GetBlockByNumber': {
      const text = fromUtf8(argument);
      if (!/^[0-9]+$/.test(text)) throw new QueryError(`Failed to parse block number with error strconv.ParseUint: parsing "${text}": invalid syntax`);
      // Go clients ask for the newest block with the largest number there is.
      const number = Number(text) >= Number.MAX_SAFE_INTEGER ? ledger.height - 1 : Number(text);
      return found(ledger.getBlock(number), `Failed to get block number ${text}, error no such block number [${text}] in index`);
    }
    case 'GetBlockByHash':
      return found(ledger.getBlockByHash(argument), `Failed to get block hash ${hex(argument)}, error no such block hash [${hex(argument)}] in index`);
    case 'GetBlockByTxID': {
      const transaction = ledger.findTransaction(fromUtf8(argument));
      return found(transaction === undefined ? undefined : ledger.getBlock(transaction.blockNumber), `Failed to get block for txID ${fromUtf8(argument)}, error no such transaction ID [${fromUtf8(argument)}] in index`);
    }
    case 'GetTransactionByID': {
      const transaction = ledger.findTransaction(fromUtf8(argument));
      if (transaction === undefined) throw new QueryError(`Failed to get transaction with id ${fromUtf8(argument)}, error no such transaction ID [${fromUtf8(argument)}] in index`);
      const result = new peer.ProcessedTransaction();
      result.setTransactionenvelope(common.Envelope.deserializeBinary(transaction.envelope));
      result.setValidationcode(transaction.code);
      return result.serializeBinary();
    }
    default:
      throw new QueryError(`Requested function ${name} not found.`);
  }
}

type ConfigurationQuery = (ledger: PeerLedger, bundle: ChannelBundle) => Uint8Array;

const configurationQueries: Readonly<Record<string, ConfigurationQuery>> = {
  GetConfigBlock: (ledger) => found(ledger.getBlock(0), 'no configuration block'),
  GetChannelConfig: (_ledger, { config }) => config.serializeBinary(),
  GetChannels(ledger) {
    const channel = new peer.ChannelInfo();
    channel.setChannelId(ledger.channelId);
    const result = new peer.ChannelQueryResponse();
    result.setChannelsList([channel]);
    return result.serializeBinary();
  },
};

/** The function of cscc with this name; joining is none of them, since peers of this engine join by themselves. Throws QueryError. */
export function csccFunction(name: string): ConfigurationQuery {
  const query = configurationQueries[name];
  if (query === undefined) throw new QueryError(`Requested function ${name} not found.`);
  return query;
}

function found(bytes: Uint8Array | undefined, message: string): Uint8Array {
  if (bytes === undefined) throw new QueryError(message);
  return bytes;
}
