import { createHash } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import type { LedgerBlock, LedgerTransaction } from '../../events/decode-block';
import { blockSignatures, derOf } from '../../evidence/block';
import type { Signed } from '../../evidence/block';
import { endorsedActions, endorsementSignatures, openEnvelope, openResponse, proposalParts } from '../../evidence/transaction';
import type { OpenedEnvelope } from '../../evidence/transaction';
import { invariant } from '../invariant';
import type { Findings } from '../invariant';
import { ChannelIdentities } from './channel-identities';

/**
 * What makes blocks from a file evidence: an orderer signed each header, and each valid transaction carries the
 * signatures of its sender and of its endorsers over exactly what stands there, by certificates of the channel.
 */
export const signatures = invariant('signatures', 'Orderers signed every block, senders and endorsers every valid transaction, with certificates of the channel', () => {
  let identities: ChannelIdentities | undefined;
  return {
    block(block, find) {
      const raw = common.Block.deserializeBinary(block.bytes);
      const data = raw.getData()?.getDataList_asU8() ?? [];
      // The first block is what all trust is built on; whoever audits compares its hash with what the consortium published.
      if (block.number > 0n) {
        if (identities === undefined) find.hide();
        else find.require(isSignedByOrderer(raw, identities), { block: block.number, transactionId: '' }, () => `no orderer of the channel signed block ${block.number}`);
      }
      for (const transaction of block.transactions) {
        const envelope = data[transaction.index];
        if (!transaction.valid || envelope === undefined) continue;
        const where = { block: block.number, transactionId: transaction.id };
        try {
          const opened = openEnvelope(envelope);
          if (opened.headers.kind === 'configuration') identities = ChannelIdentities.of(envelope);
          else if (identities === undefined) find.hide();
          else requireSigned(opened, transaction, block, identities, find);
        } catch (error) {
          find.require(false, where, () => `the envelope cannot be read: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    },
  };
});

function isSignedByOrderer(block: common.Block, identities: ChannelIdentities): boolean {
  const header = block.getHeader() ?? new common.BlockHeader();
  const metadata = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.SIGNATURES] ?? new Uint8Array();
  return blockSignatures(metadata, derOf(header)).some(({ identity, message, signature }) => identities.verify(identity, message, signature, { orders: true }));
}

function requireSigned(envelope: OpenedEnvelope, { id: transactionId }: LedgerTransaction, { number: block }: LedgerBlock, identities: ChannelIdentities, find: Findings): void {
  const where = { block, transactionId };
  const { sender, headers, data } = envelope;
  const isGood = ({ identity, message, signature }: Signed) => identities.verify(identity, message, signature);
  find.require(isGood(sender), where, () => 'the signature of the sender does not fit the transaction');
  find.require(sha256(headers.nonce, headers.creator).toString('hex') === transactionId, where, () => 'the transaction id is not made of the nonce and the sender');
  for (const action of endorsedActions(data)) {
    find.require(sha256(...proposalParts(envelope, action)).equals(openResponse(action).proposalHash), where, () => 'the endorsers endorsed another proposal');
    const endorsements = endorsementSignatures(action);
    find.require(endorsements.length > 0 && endorsements.every(isGood), where, () => 'the signature of an endorser does not fit what the transaction writes');
  }
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
