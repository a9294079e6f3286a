import { common, peer } from '@hyperledger/fabric-protos';
import type { ChannelBundle, DefinitionLookup, Identity, StateReader } from '../interfaces';
import { satisfiesApplicationPolicy, satisfiesPolicy, verifiedIdentities } from '../policy';
import { findCollection } from '../privdata/collections';
import { hex, tryParse } from '../protos';
import { VALIDATION_PARAMETER } from '../simulator/builder';
import { hashedKey } from './mvcc';
import type { ParsedNamespace, ParsedTransaction } from './parse';

const Code = peer.TxValidationCode;
export const LIFECYCLE = '_lifecycle';
const LIFECYCLE_ENDORSEMENT = '/Channel/Application/LifecycleEndorsement';

export interface EndorsementContext {
  readonly state: StateReader;
  readonly bundle: ChannelBundle;
  readonly lookup: DefinitionLookup;
  /** Keys whose key-level policy an earlier transaction of the block changed. */
  readonly changedPolicies: Set<string>;
}

/** What follows from a transaction and a policy alone, whatever the state of a peer is. */
interface Verdicts {
  readonly bundle: ChannelBundle;
  readonly identities: readonly Identity[];
  /** By kind and bytes of the policy. */
  readonly byPolicy: Map<string, boolean>;
}

const shared = new WeakMap<ParsedTransaction, Verdicts>();

/** Peers of one process that are handed the same block share the work, as they share its parsing. */
function verdictsOf(transaction: ParsedTransaction, bundle: ChannelBundle): Verdicts {
  const known = shared.get(transaction);
  if (known?.bundle === bundle) return known;
  const made = { bundle, identities: verifiedIdentities(transaction.endorsements, bundle.mspManager), byPolicy: new Map<string, boolean>() };
  shared.set(transaction, made);
  return made;
}

/** Whether the endorsements of a transaction satisfy every policy that applies to what it writes (wire notes, section 4). */
export function checkEndorsements(transaction: ParsedTransaction, context: EndorsementContext): number {
  const known = verdictsOf(transaction, context.bundle);
  const written = transaction.namespaces.filter(writesSomething);
  const invoked = transaction.namespaces.find((ns) => ns.namespace === transaction.chaincode) ?? { namespace: transaction.chaincode, reads: [], ranges: [], writes: [], metadataWrites: [], collections: [] };
  const namespaces = written.includes(invoked) ? written : [...written, invoked];
  for (const ns of namespaces) {
    const verdict = checkNamespace(ns, known, context, ns.namespace === transaction.chaincode ? transaction.chaincodeVersion : undefined);
    if (verdict !== Code.VALID) return verdict;
    // Even if another namespace, or a read version, ends the transaction later: Fabric decides namespace by namespace.
    rememberChangedPolicies(ns, context.changedPolicies);
  }
  return Code.VALID;
}

function writesSomething(ns: ParsedNamespace): boolean {
  return ns.writes.length > 0 || ns.metadataWrites.length > 0 || ns.collections.some((collection) => collection.writes.length > 0 || collection.metadataWrites.length > 0);
}

function checkNamespace(ns: ParsedNamespace, { identities, byPolicy }: Verdicts, context: EndorsementContext, version: string | undefined): number {
  const { state, bundle, lookup, changedPolicies } = context;
  const read = (key: string) => state.getState(LIFECYCLE, key)?.value;
  const definition = ns.namespace === LIFECYCLE ? undefined : lookup(read, ns.namespace);
  if (ns.namespace !== LIFECYCLE && (definition === undefined || (version !== undefined && definition.version !== version))) return Code.INVALID_CHAINCODE;

  let checked = false;
  const once = (policy: string, check: () => boolean): boolean => {
    checked = true;
    const verdict = byPolicy.get(policy) ?? check();
    byPolicy.set(policy, verdict);
    return verdict;
  };
  const byApplication = (policy: Uint8Array) => once(`application ${hex(policy)}`, () => satisfiesApplicationPolicy(policy, bundle.policies, identities));
  const byNamespace = () => (definition === undefined ? once(LIFECYCLE_ENDORSEMENT, () => bundle.policies.satisfied(LIFECYCLE_ENDORSEMENT, identities)) : byApplication(definition.endorsementPolicy));
  const byKey = (policy: Uint8Array) =>
    once(`key ${hex(policy)}`, () => {
      const envelope = tryParse(common.SignaturePolicyEnvelope.deserializeBinary, policy);
      return envelope !== undefined && satisfiesPolicy(envelope, identities);
    });

  for (const key of new Set([...ns.writes.map((write) => write.key), ...ns.metadataWrites.map((write) => write.key)])) {
    if (changedPolicies.has(`${ns.namespace}\u0000${key}`)) return Code.ENDORSEMENT_POLICY_FAILURE;
    const policy = state.getState(ns.namespace, key)?.metadata.get(VALIDATION_PARAMETER);
    if (!(policy === undefined ? byNamespace() : byKey(policy))) return Code.ENDORSEMENT_POLICY_FAILURE;
  }
  for (const collection of ns.collections) {
    const found = findCollection(read, lookup, bundle, ns.namespace, collection.name);
    const byCollection = () => (found?.endorsementPolicy === undefined ? byNamespace() : byApplication(found.endorsementPolicy));
    for (const { keyHash } of [...collection.writes, ...collection.metadataWrites]) {
      if (changedPolicies.has(hashedKey(ns.namespace, collection.name, keyHash))) return Code.ENDORSEMENT_POLICY_FAILURE;
      const policy = state.getHashed(ns.namespace, collection.name, keyHash)?.metadata.get(VALIDATION_PARAMETER);
      if (!(policy === undefined ? byCollection() : byKey(policy))) return Code.ENDORSEMENT_POLICY_FAILURE;
    }
  }
  if (!checked && !byNamespace()) return Code.ENDORSEMENT_POLICY_FAILURE;
  return Code.VALID;
}

function rememberChangedPolicies(ns: ParsedNamespace, changed: Set<string>): void {
  for (const { key } of ns.metadataWrites) changed.add(`${ns.namespace}\u0000${key}`);
  for (const collection of ns.collections) for (const { keyHash } of collection.metadataWrites) changed.add(hashedKey(ns.namespace, collection.name, keyHash));
}
