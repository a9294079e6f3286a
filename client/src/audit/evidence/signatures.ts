import { createHash } from 'node:crypto';
import { common, peer } from '@hyperledger/fabric-protos';
import { headerDer } from '../../events/decode-block';
import type { LedgerBlock, LedgerTransaction } from '../../events/decode-block';
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
          if (headerOf(envelope).type === common.HeaderType.CONFIG) identities = ChannelIdentities.of(envelope);
          else if (identities === undefined) find.hide();
          else requireSigned(envelope, transaction, block, identities, find);
        } catch (error) {
          find.require(false, where, () => `the envelope cannot be read: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    },
  };
});

function isSignedByOrderer(block: common.Block, identities: ChannelIdentities): boolean {
  const header = block.getHeader() ?? new common.BlockHeader();
  const metadata = common.Metadata.deserializeBinary(block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.SIGNATURES] ?? new Uint8Array());
  return metadata.getSignaturesList().some((signed) => {
    const signatureHeader = signed.getSignatureHeader_asU8();
    const creator = common.SignatureHeader.deserializeBinary(signatureHeader).getCreator_asU8();
    return identities.verify(creator, Buffer.concat([metadata.getValue_asU8(), signatureHeader, headerDer(header)]), signed.getSignature_asU8(), { orders: true });
  });
}

function requireSigned(bytes: Uint8Array, { id: transactionId }: LedgerTransaction, { number: block }: LedgerBlock, identities: ChannelIdentities, find: Findings): void {
  const where = { block, transactionId };
  const envelope = common.Envelope.deserializeBinary(bytes);
  const { channelHeader, signatureHeader, data } = headerOf(bytes);
  const header = common.SignatureHeader.deserializeBinary(signatureHeader);
  const creator = header.getCreator_asU8();
  find.require(identities.verify(creator, envelope.getPayload_asU8(), envelope.getSignature_asU8()), where, () => 'the signature of the sender does not fit the transaction');
  find.require(sha256(header.getNonce_asU8(), creator).toString('hex') === transactionId, where, () => 'the transaction id is not made of the nonce and the sender');
  for (const action of peer.Transaction.deserializeBinary(data).getActionsList()) {
    const payload = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
    const endorsed = payload.getAction();
    const response = endorsed?.getProposalResponsePayload_asU8() ?? new Uint8Array();
    const proposalHash = peer.ProposalResponsePayload.deserializeBinary(response).getProposalHash_asU8();
    find.require(sha256(channelHeader, signatureHeader, payload.getChaincodeProposalPayload_asU8()).equals(proposalHash), where, () => 'the endorsers endorsed another proposal');
    const endorsements = endorsed?.getEndorsementsList() ?? [];
    const good = endorsements.filter((endorsement) => identities.verify(endorsement.getEndorser_asU8(), Buffer.concat([response, endorsement.getEndorser_asU8()]), endorsement.getSignature_asU8()));
    find.require(good.length > 0 && good.length === endorsements.length, where, () => 'the signature of an endorser does not fit what the transaction writes');
  }
}

function headerOf(envelope: Uint8Array): { readonly type: number; readonly channelHeader: Uint8Array; readonly signatureHeader: Uint8Array; readonly data: Uint8Array } {
  const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8());
  const channelHeader = payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array();
  return { type: common.ChannelHeader.deserializeBinary(channelHeader).getType(), channelHeader, signatureHeader: payload.getHeader()?.getSignatureHeader_asU8() ?? new Uint8Array(), data: payload.getData_asU8() };
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
