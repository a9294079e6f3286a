import type { peer } from '@hyperledger/fabric-protos';
import { newest } from '../../events/blocks';
import { reconnecting } from '../../events/reconnect';
import type { CallOptions, Session } from '../../session';
import { LedgerFileWriter } from './ledger-file';

/**
 * The own organisation's ledger up to the newest block as the lines of a ledger file, with the private data that the
 * peer delivers to it. Throws as `blocks`.
 */
export async function* exportLedger(session: Session, options: CallOptions = {}): AsyncGenerator<string, void, undefined> {
  const { mspId, chaincode, connection } = session;
  const last = await newest(session, options);
  const writer = new LedgerFileWriter();
  yield writer.header({ mspId, channel: connection.channel, chaincode });
  let next = 0n;
  for await (const item of reconnecting<peer.BlockAndPrivateData>(session, 'blocks', (network) => network.getBlockAndPrivateDataEvents({ startBlock: next }), options)) {
    const number = BigInt(item.getBlock()?.getHeader()?.getNumber() ?? -1);
    if (number < next) continue;
    yield writer.block(item);
    next = number + 1n;
    if (next > last) break;
  }
  yield writer.end();
}
