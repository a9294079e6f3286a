import { common, peer } from '@hyperledger/fabric-protos';
import type { ChaincodeDefinition, CollectionDefinition, DefinitionLookup } from '../interfaces';

const { lifecycle } = peer;

/** Keys of a definition in namespace `_lifecycle`, public or in an organisation's implicit collection (wire notes, section 6). */
export const definitionKeys = {
  metadata: (name: string) => `namespaces/metadata/${name}`,
  field: (name: string, field: string) => `namespaces/fields/${name}/${field}`,
} as const;

const cache = new WeakMap<Uint8Array, ChaincodeDefinition>();

/** Reads a committed definition from state. */
export const lookupDefinition: DefinitionLookup = (read, name) => {
  const sequenceBytes = read(definitionKeys.field(name, 'Sequence'));
  if (sequenceBytes === undefined) return undefined;
  let definition = cache.get(sequenceBytes);
  if (definition === undefined) {
    const endorsement = lifecycle.ChaincodeEndorsementInfo.deserializeBinary(dataBytes(read(definitionKeys.field(name, 'EndorsementInfo'))));
    const validation = lifecycle.ChaincodeValidationInfo.deserializeBinary(dataBytes(read(definitionKeys.field(name, 'ValidationInfo'))));
    definition = {
      name,
      sequence: lifecycle.StateData.deserializeBinary(sequenceBytes).getInt64(),
      version: endorsement.getVersion(),
      initRequired: endorsement.getInitRequired(),
      endorsementPolicy: validation.getValidationParameter_asU8(),
      collections: collectionsOf(dataBytes(read(definitionKeys.field(name, 'Collections')))),
    };
    cache.set(sequenceBytes, definition);
  }
  return definition;
};

function dataBytes(bytes: Uint8Array | undefined): Uint8Array {
  return bytes === undefined ? new Uint8Array() : lifecycle.StateData.deserializeBinary(bytes).getBytes_asU8();
}

function collectionsOf(bytes: Uint8Array): CollectionDefinition[] {
  return peer.CollectionConfigPackage.deserializeBinary(bytes)
    .getConfigList()
    .flatMap((config) => {
      const collection = config.getStaticCollectionConfig();
      if (collection === undefined) return [];
      const members = collection.getMemberOrgsPolicy()?.getSignaturePolicy() ?? new common.SignaturePolicyEnvelope();
      return [
        {
          name: collection.getName(),
          memberPolicy: members.serializeBinary(),
          requiredPeerCount: collection.getRequiredPeerCount(),
          maximumPeerCount: collection.getMaximumPeerCount(),
          blockToLive: collection.getBlockToLive(),
          memberOnlyRead: collection.getMemberOnlyRead(),
          memberOnlyWrite: collection.getMemberOnlyWrite(),
          endorsementPolicy: collection.getEndorsementPolicy()?.serializeBinary(),
        },
      ];
    });
}
