import { peer } from '@hyperledger/fabric-protos';
import type { ChannelBundle, Identity, TxSimulator } from '../interfaces';
import { equalBytes, sha256 } from '../protos';
import { definitionKeys, lookupDefinition } from './definition';

const { lifecycle } = peer;
const NAMESPACE = '_lifecycle';
const DEFINITION = 'ChaincodeDefinition';
const PARAMETERS = 'ChaincodeParameters';

/** A refusal of the lifecycle; the text is Fabric's. */
export class LifecycleError extends Error {
  override readonly name = 'LifecycleError';
}

export interface LifecycleCall {
  readonly simulator: TxSimulator;
  readonly bundle: ChannelBundle;
  /** Who proposes. */
  readonly creator: Identity;
  /** Organisation of the peer that runs this. */
  readonly mspId: string;
}

type Fields = Readonly<Record<'EndorsementInfo' | 'ValidationInfo' | 'Collections', Uint8Array>>;

/** Approve, commit and query chaincode definitions, with the state layout of Fabric's `_lifecycle`. */
export function callLifecycle(name: string, args: readonly Uint8Array[], call: LifecycleCall): Uint8Array {
  const [argument = new Uint8Array()] = args;
  switch (name) {
    case 'ApproveChaincodeDefinitionForMyOrg':
      return approve(lifecycle.ApproveChaincodeDefinitionForMyOrgArgs.deserializeBinary(argument), call);
    case 'CommitChaincodeDefinition':
      return commit(lifecycle.CommitChaincodeDefinitionArgs.deserializeBinary(argument), call);
    case 'CheckCommitReadiness':
      return readiness(lifecycle.CheckCommitReadinessArgs.deserializeBinary(argument), call);
    case 'QueryChaincodeDefinition':
      return query(lifecycle.QueryChaincodeDefinitionArgs.deserializeBinary(argument), call);
    case 'QueryChaincodeDefinitions':
      return queryAll(call);
    default:
      throw new LifecycleError(`SCC '_lifecycle' does not have function ${name}`);
  }
}

function approve(args: peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs, call: LifecycleCall): Uint8Array {
  requireOwnAdmin(call);
  requireNextSequence(args.getName(), args.getSequence(), call);
  const collection = `_implicit_org_${call.mspId}`;
  const key = privateName(args.getName(), args.getSequence());
  const put = (name: string, value: Uint8Array) => call.simulator.setPrivateData(NAMESPACE, collection, name, value);
  const fields = fieldsOf(args);
  put(definitionKeys.metadata(key), metadata(PARAMETERS, Object.keys(fields)));
  for (const [field, value] of Object.entries(fields)) put(definitionKeys.field(key, field), data(value));
  const source = args.getSource()?.getLocalPackage()?.getPackageId() ?? '';
  put(`chaincode-sources/metadata/${key}`, metadata('ChaincodeLocalPackage', ['PackageID']));
  put(`chaincode-sources/fields/${key}/PackageID`, text(source));
  return new lifecycle.ApproveChaincodeDefinitionForMyOrgResult().serializeBinary();
}

function commit(args: peer.lifecycle.CommitChaincodeDefinitionArgs, call: LifecycleCall): Uint8Array {
  requireNextSequence(args.getName(), args.getSequence(), call);
  const approvals = approvalsOf(args, call);
  if (approvals.get(call.mspId) !== true) throw new LifecycleError(`chaincode definition not agreed to by this org (${call.mspId})`);
  const fields = fieldsOf(args);
  const put = (key: string, value: Uint8Array) => call.simulator.setState(NAMESPACE, key, value);
  put(definitionKeys.metadata(args.getName()), metadata(DEFINITION, ['Sequence', ...Object.keys(fields)]));
  const sequence = new lifecycle.StateData();
  sequence.setInt64(args.getSequence());
  put(definitionKeys.field(args.getName(), 'Sequence'), sequence.serializeBinary());
  for (const [field, value] of Object.entries(fields)) put(definitionKeys.field(args.getName(), field), data(value));
  return new lifecycle.CommitChaincodeDefinitionResult().serializeBinary();
}

function readiness(args: peer.lifecycle.CheckCommitReadinessArgs, call: LifecycleCall): Uint8Array {
  const result = new lifecycle.CheckCommitReadinessResult();
  for (const [mspId, approved] of approvalsOf(args, call)) result.getApprovalsMap().set(mspId, approved);
  return result.serializeBinary();
}

function query(args: peer.lifecycle.QueryChaincodeDefinitionArgs, call: LifecycleCall): Uint8Array {
  const name = args.getName();
  const definition = lookupDefinition((key) => call.simulator.getState(NAMESPACE, key), name);
  if (definition === undefined) throw new LifecycleError(`namespace ${name} is not defined`);
  const result = new lifecycle.QueryChaincodeDefinitionResult();
  result.setSequence(definition.sequence);
  result.setVersion(definition.version);
  result.setEndorsementPlugin('escc');
  result.setValidationPlugin('vscc');
  result.setValidationParameter(definition.endorsementPolicy);
  result.setInitRequired(definition.initRequired);
  result.setCollections(new peer.CollectionConfigPackage());
  for (const { mspId } of call.bundle.applicationOrganisations) {
    const approved = call.simulator.getPrivateDataHash(NAMESPACE, `_implicit_org_${mspId}`, definitionKeys.metadata(privateName(name, definition.sequence)));
    result.getApprovalsMap().set(mspId, approved !== undefined);
  }
  return result.serializeBinary();
}

function queryAll(call: LifecycleCall): Uint8Array {
  const result = new lifecycle.QueryChaincodeDefinitionsResult();
  const prefix = definitionKeys.metadata('');
  const rows = call.simulator.getStateRange(NAMESPACE, prefix, `${prefix}\u{10ffff}`);
  for (let row = rows.next(); row !== undefined; row = rows.next()) {
    const name = row.key.slice(prefix.length);
    const definition = lookupDefinition((key) => call.simulator.getState(NAMESPACE, key), name);
    if (definition === undefined) continue;
    const entry = new lifecycle.QueryChaincodeDefinitionsResult.ChaincodeDefinition();
    entry.setName(name);
    entry.setSequence(definition.sequence);
    entry.setVersion(definition.version);
    entry.setEndorsementPlugin('escc');
    entry.setValidationPlugin('vscc');
    entry.setValidationParameter(definition.endorsementPolicy);
    entry.setInitRequired(definition.initRequired);
    entry.setCollections(new peer.CollectionConfigPackage());
    result.addChaincodeDefinitions(entry);
  }
  return result.serializeBinary();
}

interface Definition {
  getName(): string;
  getSequence(): number;
  getVersion(): string;
  getEndorsementPlugin(): string;
  getValidationPlugin(): string;
  getValidationParameter_asU8(): Uint8Array;
  getInitRequired(): boolean;
  getCollections(): peer.CollectionConfigPackage | undefined;
}

function fieldsOf(definition: Definition): Fields {
  const endorsement = new lifecycle.ChaincodeEndorsementInfo();
  endorsement.setVersion(definition.getVersion());
  endorsement.setInitRequired(definition.getInitRequired());
  endorsement.setEndorsementPlugin(definition.getEndorsementPlugin() || 'escc');
  const validation = new lifecycle.ChaincodeValidationInfo();
  validation.setValidationPlugin(definition.getValidationPlugin() || 'vscc');
  const parameter = definition.getValidationParameter_asU8();
  validation.setValidationParameter(parameter.length > 0 ? parameter : defaultPolicy());
  return { EndorsementInfo: endorsement.serializeBinary(), ValidationInfo: validation.serializeBinary(), Collections: (definition.getCollections() ?? new peer.CollectionConfigPackage()).serializeBinary() };
}

function defaultPolicy(): Uint8Array {
  const policy = new peer.ApplicationPolicy();
  policy.setChannelConfigPolicyReference('/Channel/Application/Endorsement');
  return policy.serializeBinary();
}

/** Which organisations approved exactly this definition: the hashes in their implicit collections say so. */
function approvalsOf(definition: Definition, { simulator, bundle }: LifecycleCall): Map<string, boolean> {
  const key = privateName(definition.getName(), definition.getSequence());
  const fields = Object.entries(fieldsOf(definition));
  return new Map(
    bundle.applicationOrganisations.map(({ mspId }) => [
      mspId,
      fields.every(([field, value]) => {
        const hash = simulator.getPrivateDataHash(NAMESPACE, `_implicit_org_${mspId}`, definitionKeys.field(key, field));
        return hash !== undefined && equalBytes(hash, sha256(data(value)));
      }),
    ]),
  );
}

function requireNextSequence(name: string, sequence: number, { simulator }: LifecycleCall): void {
  const current = lookupDefinition((key) => simulator.getState(NAMESPACE, key), name)?.sequence ?? 0;
  if (sequence !== current + 1 && sequence !== current) throw new LifecycleError(`requested sequence is ${sequence}, but new definition must be sequence ${current + 1}`);
}

function requireOwnAdmin({ creator, mspId }: LifecycleCall): void {
  if (creator.mspId !== mspId) throw new LifecycleError(`Failed verifying that proposal's creator satisfies local MSP principal during channelless check policy with policy [Admins]: [the identity is a member of a different MSP (expected ${mspId}, got ${creator.mspId})]`);
}

function privateName(name: string, sequence: number): string {
  return `${name}#${sequence}`;
}

function metadata(datatype: string, fields: readonly string[]): Uint8Array {
  const value = new lifecycle.StateMetadata();
  value.setDatatype(datatype);
  value.setFieldsList([...fields]);
  return value.serializeBinary();
}

function data(bytes: Uint8Array): Uint8Array {
  const value = new lifecycle.StateData();
  value.setBytes(bytes);
  return value.serializeBinary();
}

function text(content: string): Uint8Array {
  const value = new lifecycle.StateData();
  value.setString(content);
  return value.serializeBinary();
}

