import { common, ledger } from '@hyperledger/fabric-protos';
import type { ChannelBundle, CollectionDefinition, Identity } from '../interfaces';
import { satisfiesPolicy } from '../policy';
import { privateWriteSetFor } from '../privdata/collections';
import { implicitCollectionName } from '../syscc/serializer';

const IMPLICIT = implicitCollectionName('');

/** Another peer, as far as private data goes. */
export interface Recipient {
  readonly mspId: string;
  readonly identity: Identity;
  receivePrivateData(txId: string, privateWriteSet: Uint8Array): void;
}

export interface Dissemination {
  readonly txId: string;
  readonly privateWriteSet: Uint8Array;
  /** Organisation of the endorsing peer. */
  readonly mspId: string;
  readonly bundle: ChannelBundle;
  readonly others: readonly Recipient[];
  readonly collection: (namespace: string, name: string) => CollectionDefinition | undefined;
}

/**
 * Hands a private write set to the other members' peers before the endorsement goes out (wire notes 4.1). An implicit
 * collection goes to peers of its own organisation only, and only from one of them. Throws if a collection asks for
 * more peers than there are.
 */
export function disseminate({ txId, privateWriteSet, mspId, bundle, others, collection }: Dissemination): void {
  const wanted = new Map<Recipient, Set<string>>();
  for (const ns of ledger.rwset.TxPvtReadWriteSet.deserializeBinary(privateWriteSet).getNsPvtRwsetList()) {
    for (const part of ns.getCollectionPvtRwsetList()) {
      const [namespace, name] = [ns.getNamespace(), part.getCollectionName()];
      const definition = collection(namespace, name);
      if (definition === undefined || (name.startsWith(IMPLICIT) && name !== IMPLICIT + mspId)) continue;
      const members = common.SignaturePolicyEnvelope.deserializeBinary(definition.memberPolicy);
      const eligible = others.filter(({ identity }) => satisfiesPolicy(members, [identity]));
      if (eligible.length < definition.requiredPeerCount) {
        throw new Error(
          `failed to distribute private collection, txID ${txId}, channel ${bundle.channelId}: could not build private data dissemination plan for chaincode ${namespace} and collection ${name}: ` +
            `required to disseminate to at least ${definition.requiredPeerCount} peers, but know of only ${eligible.length} eligible peers`,
        );
      }
      for (const recipient of eligible) wanted.set(recipient, (wanted.get(recipient) ?? new Set()).add(`${namespace}\u0000${name}`));
    }
  }
  for (const [recipient, collections] of wanted) {
    const part = privateWriteSetFor(privateWriteSet, (namespace, name) => collections.has(`${namespace}\u0000${name}`));
    if (part !== undefined) recipient.receivePrivateData(txId, part);
  }
}

/** One write set with the collections of both; where both have one, the first wins. */
export function mergePrivateWriteSets(first: Uint8Array | undefined, second: Uint8Array): Uint8Array {
  if (first === undefined) return second;
  const merged = ledger.rwset.TxPvtReadWriteSet.deserializeBinary(first);
  for (const added of ledger.rwset.TxPvtReadWriteSet.deserializeBinary(second).getNsPvtRwsetList()) {
    const known = merged.getNsPvtRwsetList().find((ns) => ns.getNamespace() === added.getNamespace());
    if (known === undefined) {
      merged.addNsPvtRwset(added);
      continue;
    }
    const names = new Set(known.getCollectionPvtRwsetList().map((part) => part.getCollectionName()));
    for (const part of added.getCollectionPvtRwsetList()) if (!names.has(part.getCollectionName())) known.addCollectionPvtRwset(part);
  }
  return merged.serializeBinary();
}
