import { common, msp, peer } from '@hyperledger/fabric-protos';
import type { ChannelBundle, CollectionDefinition } from '../interfaces';
import type { Structure } from './serializer';
import { bytesField, numberField } from './serializer';

const { lifecycle } = peer;
const CHAINCODE_NAME = /^[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*$/;
const CHAINCODE_VERSION = /^[A-Za-z0-9_.+-]+$/;
const COLLECTION_NAME = /^[A-Za-z0-9-]+([A-Za-z0-9_-]+)*$/;
const SYSTEM_NAMES = new Set(['cscc', 'escc', 'lscc', 'qscc', 'vscc']);

/** A refusal of the lifecycle; the text is Fabric's. */
export class LifecycleError extends Error {
  override readonly name = 'LifecycleError';
}

/** What approvals and commits say of a chaincode; the messages of both have these in common. */
export interface Parameters {
  getName(): string;
  getSequence(): number;
  getVersion(): string;
  getEndorsementPlugin(): string;
  getValidationPlugin(): string;
  getValidationParameter_asU8(): Uint8Array;
  getInitRequired(): boolean;
  getCollections(): peer.CollectionConfigPackage | undefined;
}

/** The parameters as the lifecycle stores them, with defaults filled in. */
export function parametersOf(parameters: Parameters): Structure {
  return { datatype: 'ChaincodeParameters', fields: fieldsOf(parameters) };
}

/** The same with the sequence number: what is committed. */
export function definitionOf(parameters: Parameters): Structure {
  return { datatype: 'ChaincodeDefinition', fields: new Map([['Sequence', numberField(parameters.getSequence())], ...fieldsOf(parameters)]) };
}

function fieldsOf(parameters: Parameters): Map<string, Uint8Array> {
  const endorsement = new lifecycle.ChaincodeEndorsementInfo();
  endorsement.setVersion(parameters.getVersion());
  endorsement.setInitRequired(parameters.getInitRequired());
  endorsement.setEndorsementPlugin(parameters.getEndorsementPlugin() || 'escc');
  const validation = new lifecycle.ChaincodeValidationInfo();
  validation.setValidationPlugin(parameters.getValidationPlugin() || 'vscc');
  const policy = parameters.getValidationParameter_asU8();
  validation.setValidationParameter(policy.length > 0 ? policy : defaultPolicy());
  const collections = parameters.getCollections() ?? new peer.CollectionConfigPackage();
  return new Map([
    ['EndorsementInfo', bytesField(endorsement.serializeBinary())],
    ['ValidationInfo', bytesField(validation.serializeBinary())],
    ['Collections', bytesField(collections.serializeBinary())],
  ]);
}

function defaultPolicy(): Uint8Array {
  const policy = new peer.ApplicationPolicy();
  policy.setChannelConfigPolicyReference('/Channel/Application/Endorsement');
  return policy.serializeBinary();
}

/** Throws LifecycleError on names and collections that Fabric does not accept. */
export function requireValid(parameters: Parameters, bundle: ChannelBundle): void {
  const refuse = (text: string) => new LifecycleError(`error validating chaincode definition: ${text}`);
  const name = parameters.getName();
  if (!CHAINCODE_NAME.test(name)) throw refuse(`invalid chaincode name '${name}'. Names can only consist of alphanumerics, '_', and '-' and can only begin with alphanumerics`);
  if (SYSTEM_NAMES.has(name)) throw refuse(`chaincode name '${name}' is the name of a system chaincode`);
  const version = parameters.getVersion();
  if (!CHAINCODE_VERSION.test(version)) throw refuse(`invalid chaincode version '${version}'. Versions can only consist of alphanumerics, '_', '-', '+', and '.'`);
  const seen = new Set<string>();
  for (const config of parameters.getCollections()?.getConfigList() ?? []) {
    const collection = config.getStaticCollectionConfig();
    if (collection === undefined) throw refuse('collection configuration is empty');
    const problem = collectionProblem(collection, seen, bundle);
    if (problem !== undefined) throw refuse(problem);
    seen.add(collection.getName());
  }
}

function collectionProblem(collection: peer.StaticCollectionConfig, seen: ReadonlySet<string>, bundle: ChannelBundle): string | undefined {
  const name = collection.getName();
  const [required, maximum] = [collection.getRequiredPeerCount(), collection.getMaximumPeerCount()];
  if (!COLLECTION_NAME.test(name)) return `invalid collection name '${name}'. Names can only consist of alphanumerics, '_', and '-' and cannot begin with '_'`;
  if (seen.has(name)) return `collection-name: ${name} -- found duplicate in collection configuration`;
  if (maximum < required) return `collection-name: ${name} -- maximum peer count (${maximum}) cannot be less than the required peer count (${required})`;
  if (required < 0) return `collection-name: ${name} -- requiredPeerCount (${required}) cannot be less than zero`;
  const members = collection.getMemberOrgsPolicy()?.getSignaturePolicy();
  if (members === undefined) return `collection member org policy is empty for collection '${name}'`;
  const strangers = members.getIdentitiesList().map(organisationOf).filter((mspId) => !bundle.mspManager.mspIds.includes(mspId));
  return strangers.length === 0 ? undefined : `collection-name: ${name} -- collection member '${strangers[0]}' is not part of the channel`;
}

function organisationOf(principal: msp.MSPPrincipal): string {
  return msp.MSPRole.deserializeBinary(principal.getPrincipal_asU8()).getMspIdentifier();
}

/** Explicit collections of a stored package. */
export function collectionsOf(bytes: Uint8Array): CollectionDefinition[] {
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
