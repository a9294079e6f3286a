import { common, ledger, msp, peer } from '@hyperledger/fabric-protos';
import type { ChannelBundle, CollectionDefinition, DefinitionLookup } from '../interfaces';
import { rolePrincipal } from '../policy';

const IMPLICIT = '_implicit_org_';

/** Implicit collections by channel configuration and organisation: each transaction asks for several. */
const implicit = new WeakMap<ChannelBundle, Map<string, CollectionDefinition | undefined>>();
const members = new WeakMap<CollectionDefinition, ReadonlySet<string>>();

/** The collection that every organisation has in every chaincode, for itself alone (wire notes, section 4). */
export function implicitCollection(mspId: string, bundle: ChannelBundle): CollectionDefinition | undefined {
  const known = implicit.get(bundle) ?? new Map<string, CollectionDefinition | undefined>();
  implicit.set(bundle, known);
  if (!known.has(mspId)) known.set(mspId, makeImplicitCollection(mspId, bundle));
  return known.get(mspId);
}

function makeImplicitCollection(mspId: string, bundle: ChannelBundle): CollectionDefinition | undefined {
  const organisation = bundle.applicationOrganisations.find((each) => each.mspId === mspId);
  if (organisation === undefined) return undefined;
  const endorsement = new peer.ApplicationPolicy();
  endorsement.setChannelConfigPolicyReference(`/Channel/Application/${organisation.groupName}/Endorsement`);
  const rule = new common.SignaturePolicy();
  rule.setSignedBy(0);
  const only = new common.SignaturePolicyEnvelope();
  only.setRule(rule);
  only.setIdentitiesList([rolePrincipal(`${mspId}.member`)]);
  return {
    name: IMPLICIT + mspId,
    memberPolicy: only.serializeBinary(),
    requiredPeerCount: 0,
    maximumPeerCount: 1,
    blockToLive: 0,
    memberOnlyRead: false,
    memberOnlyWrite: false,
    endorsementPolicy: endorsement.serializeBinary(),
  };
}

/** Finds a collection of a chaincode, explicit or implicit. */
export function findCollection(read: (key: string) => Uint8Array | undefined, lookup: DefinitionLookup, bundle: ChannelBundle, chaincode: string, name: string): CollectionDefinition | undefined {
  if (name.startsWith(IMPLICIT)) return implicitCollection(name.slice(IMPLICIT.length), bundle);
  return lookup(read, chaincode)?.collections.find((collection) => collection.name === name);
}

/** MSP ids of the members. Fabric accepts only role principals in a member policy. */
export function memberMspIds(collection: CollectionDefinition): ReadonlySet<string> {
  const known = members.get(collection);
  if (known !== undefined) return known;
  const policy = common.SignaturePolicyEnvelope.deserializeBinary(collection.memberPolicy);
  const mspIds = new Set(policy.getIdentitiesList().map((principal) => msp.MSPRole.deserializeBinary(principal.getPrincipal_asU8()).getMspIdentifier()));
  members.set(collection, mspIds);
  return mspIds;
}

/** Splits a private write set: what an organisation may keep of it, or undefined if nothing. */
export function privateWriteSetFor(bytes: Uint8Array, isMember: (namespace: string, collection: string) => boolean): Uint8Array | undefined {
  const all = ledger.rwset.TxPvtReadWriteSet.deserializeBinary(bytes);
  const kept = all
    .getNsPvtRwsetList()
    .map((ns) => {
      const part = new ledger.rwset.NsPvtReadWriteSet();
      part.setNamespace(ns.getNamespace());
      part.setCollectionPvtRwsetList(ns.getCollectionPvtRwsetList().filter((collection) => isMember(ns.getNamespace(), collection.getCollectionName())));
      return part;
    })
    .filter((ns) => ns.getCollectionPvtRwsetList().length > 0);
  if (kept.length === 0) return undefined;
  const result = new ledger.rwset.TxPvtReadWriteSet();
  result.setDataModel(all.getDataModel());
  result.setNsPvtRwsetList(kept);
  return result.serializeBinary();
}
