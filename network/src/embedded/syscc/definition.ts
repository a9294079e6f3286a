import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeDefinition, ChannelBundle, DefinitionLookup, PeerLedger, TxSimulator } from '../interfaces';
import { utf8, sha256 } from '../protos';
import { collectionsOf } from './parameters';
import { fieldBytes, fieldKey, implicitCollectionName, LIFECYCLE, metadataKey, mismatches } from './serializer';

const { lifecycle } = peer;
export const NAMESPACES = 'namespaces';
export const CHAINCODE_SOURCES = 'chaincode-sources';

/** Keys of a committed definition in namespace `_lifecycle` (wire notes, section 6). */
export const definitionKeys = {
  metadata: (name: string) => metadataKey(NAMESPACES, name),
  field: (name: string, field: string) => fieldKey(NAMESPACES, name, field),
} as const;

/** Name under which an approval is kept in an organisation's implicit collection. */
export function approvalName(chaincode: string, sequence: number): string {
  return `${chaincode}#${sequence}`;
}

/** A definition follows from its Sequence value alone: each commit of a definition writes that key anew. */
const cache = new WeakMap<Uint8Array, ChaincodeDefinition>();

/** Reads a committed definition from state. */
export const lookupDefinition: DefinitionLookup = (read, name) => {
  const sequenceBytes = read(definitionKeys.field(name, 'Sequence'));
  if (sequenceBytes === undefined) return undefined;
  let definition = cache.get(sequenceBytes);
  if (definition === undefined) {
    const field = (key: string) => fieldBytes(read(definitionKeys.field(name, key)));
    const endorsement = lifecycle.ChaincodeEndorsementInfo.deserializeBinary(field('EndorsementInfo'));
    const validation = lifecycle.ChaincodeValidationInfo.deserializeBinary(field('ValidationInfo'));
    definition = {
      name,
      sequence: lifecycle.StateData.deserializeBinary(sequenceBytes).getInt64(),
      version: endorsement.getVersion(),
      initRequired: endorsement.getInitRequired(),
      endorsementPolicy: validation.getValidationParameter_asU8(),
      collections: collectionsOf(field('Collections')),
    };
    cache.set(sequenceBytes, definition);
  }
  return definition;
};

/**
 * What an endorser must know of a chaincode. Fabric looks it up through the simulator, so the read of the definition's
 * sequence is part of every read set. Throws with Fabric's text if the chaincode is not defined, or not approved by
 * the peer's organisation.
 */
export function endorsementInfo(simulator: TxSimulator, ledger: PeerLedger, bundle: ChannelBundle, mspId: string, chaincode: string): { version: string; initRequired: boolean } {
  simulator.getState(LIFECYCLE, definitionKeys.field(chaincode, 'Sequence'));
  const definition = lookupDefinition((key) => ledger.getState(LIFECYCLE, key)?.value, chaincode);
  if (definition === undefined) throw new Error(`chaincode ${chaincode} not found`);
  if (!approvedBy(mspId, definition, ledger)) throw new Error(`chaincode definition for '${chaincode}' at sequence ${definition.sequence} on channel '${bundle.channelId}' has not yet been approved by this org`);
  return definition;
}

/** Reads the whole definition through the simulator, as Fabric does for the permission of each access to private data. */
export function readDefinition(simulator: TxSimulator, chaincode: string): void {
  simulator.getState(LIFECYCLE, definitionKeys.metadata(chaincode));
  for (const field of ['Collections', 'EndorsementInfo', 'Sequence', 'ValidationInfo']) simulator.getState(LIFECYCLE, definitionKeys.field(chaincode, field));
}

/** Whether an organisation approved exactly the committed definition: hashes in its implicit collection say so. */
export function approvedBy(mspId: string, { name, sequence }: ChaincodeDefinition, ledger: PeerLedger): boolean {
  const fields = new Map(['EndorsementInfo', 'ValidationInfo', 'Collections'].map((field) => [field, ledger.getState(LIFECYCLE, definitionKeys.field(name, field))?.value ?? new Uint8Array()]));
  const hashOf = (key: string) => ledger.getHashed(LIFECYCLE, implicitCollectionName(mspId), sha256(utf8(key)))?.value;
  return mismatches(NAMESPACES, approvalName(name, sequence), { datatype: 'ChaincodeParameters', fields }, hashOf).length === 0;
}
