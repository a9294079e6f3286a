import { peer } from '@hyperledger/fabric-protos';
import type { TxSimulator } from '../interfaces';
import { equalBytes } from '../protos';
import type { SystemCall } from './call';
import { approvalName, CHAINCODE_SOURCES, definitionKeys, NAMESPACES } from './definition';
import type { Parameters } from './parameters';
import { definitionOf, LifecycleError, parametersOf, requireValid } from './parameters';
import type { Structure } from './serializer';
import { deserialize, fieldBytes, implicitCollectionName, LIFECYCLE, mismatches, organisationState, publicState, serialize, textField } from './serializer';

const { lifecycle } = peer;

/** A chaincode that is not defined: the lifecycle answers 404, not 500. */
export class NotDefinedError extends Error {
  override readonly name = 'NotDefinedError';
}

interface Call extends SystemCall {
  readonly simulator: TxSimulator;
}

type Handler = (argument: Uint8Array, call: Call) => { serializeBinary(): Uint8Array };

/** Functions that run on the channel, with the state layout of Fabric's `_lifecycle` (wire notes, section 6). */
const functions: Readonly<Record<string, Handler>> = {
  ApproveChaincodeDefinitionForMyOrg: (argument, call) => approve(lifecycle.ApproveChaincodeDefinitionForMyOrgArgs.deserializeBinary(argument), call),
  QueryApprovedChaincodeDefinition: (argument, call) => queryApproved(lifecycle.QueryApprovedChaincodeDefinitionArgs.deserializeBinary(argument), call),
  CheckCommitReadiness: (argument, call) => readiness(lifecycle.CheckCommitReadinessArgs.deserializeBinary(argument), call),
  CommitChaincodeDefinition: (argument, call) => commit(lifecycle.CommitChaincodeDefinitionArgs.deserializeBinary(argument), call),
  QueryChaincodeDefinition: (argument, call) => query(lifecycle.QueryChaincodeDefinitionArgs.deserializeBinary(argument), call),
  QueryChaincodeDefinitions: (_argument, call) => queryAll(call),
};

/** Throws LifecycleError or NotDefinedError with Fabric's text. */
export function callLifecycle(call: SystemCall): Uint8Array {
  const { name, simulator, args } = call;
  if (name === 'QueryInstalledChaincodes') return installed(call).serializeBinary();
  const handler = functions[name];
  if (handler === undefined) throw new LifecycleError(`receiver *lifecycle.Invocation.${name} does not exist`);
  if (simulator === undefined) throw new LifecycleError("could not get channelconfig for channel ''");
  return handler(args[0] ?? new Uint8Array(), { ...call, simulator }).serializeBinary();
}

function approve(args: peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs, call: Call): peer.lifecycle.ApproveChaincodeDefinitionForMyOrgResult {
  requireValid(args, call.bundle);
  const name = args.getName();
  const requested = args.getSequence();
  const current = sequenceOf(name, call.simulator);
  if (requested === 0 && current === 0) throw new LifecycleError('requested sequence is 0, but first definable sequence number is 1');
  if (requested < current) throw new LifecycleError(`currently defined sequence ${current} is larger than requested sequence ${requested}`);
  if (requested > current + 1) throw new LifecycleError(`requested sequence ${requested} is larger than the next available sequence number ${current + 1}`);
  const parameters = parametersOf(args);
  if (requested === current) {
    const committed = deserialize(NAMESPACES, name, publicState(call.simulator));
    if (committed === undefined || !sameFields(parameters, committed)) throw new LifecycleError(`attempted to redefine the current committed sequence (${current}) for namespace ${name} with different parameters`);
  }
  const own = organisationState(call.simulator, call.mspId);
  const source: Structure = { datatype: 'ChaincodeLocalPackage', fields: new Map([['PackageID', textField(args.getSource()?.getLocalPackage()?.getPackageId() ?? '')]]) };
  const privateName = approvalName(name, requested);
  const [before, packageBefore] = [deserialize(NAMESPACES, privateName, own), deserialize(CHAINCODE_SOURCES, privateName, own)];
  if (before !== undefined && packageBefore !== undefined && sameFields(parameters, before) && sameFields(source, packageBefore)) {
    throw new LifecycleError(requested === current ? `attempted to redefine the current committed sequence (${current}) for namespace ${name}` : `attempted to redefine uncommitted sequence (${requested}) for namespace ${name} with unchanged content`);
  }
  serialize(NAMESPACES, privateName, parameters, own);
  serialize(CHAINCODE_SOURCES, privateName, source, own);
  return new lifecycle.ApproveChaincodeDefinitionForMyOrgResult();
}

function queryApproved(args: peer.lifecycle.QueryApprovedChaincodeDefinitionArgs, call: Call): peer.lifecycle.QueryApprovedChaincodeDefinitionResult {
  const own = organisationState(call.simulator, call.mspId);
  const name = args.getName();
  let sequence = args.getSequence();
  if (sequence === 0) {
    const current = sequenceOf(name, call.simulator);
    sequence = deserialize(NAMESPACES, approvalName(name, current + 1), own) === undefined ? current : current + 1;
  }
  const approved = deserialize(NAMESPACES, approvalName(name, sequence), own);
  if (approved === undefined) throw new LifecycleError(`could not fetch approved chaincode definition (name: '${name}', sequence: '${sequence}') on channel '${call.bundle.channelId}'`);
  const result = new lifecycle.QueryApprovedChaincodeDefinitionResult();
  describe(result, sequence, approved);
  const packageField = deserialize(CHAINCODE_SOURCES, approvalName(name, sequence), own)?.fields.get('PackageID');
  const packageId = packageField === undefined ? '' : lifecycle.StateData.deserializeBinary(packageField).getString();
  const source = new lifecycle.ChaincodeSource();
  if (packageId === '') source.setUnavailable(new lifecycle.ChaincodeSource.Unavailable());
  else {
    const local = new lifecycle.ChaincodeSource.Local();
    local.setPackageId(packageId);
    source.setLocalPackage(local);
  }
  result.setSource(source);
  return result;
}

function readiness(args: peer.lifecycle.CheckCommitReadinessArgs, call: Call): peer.lifecycle.CheckCommitReadinessResult {
  const result = new lifecycle.CheckCommitReadinessResult();
  for (const [mspId, differing] of checkReadiness(args, call)) {
    result.getApprovalsMap().set(mspId, differing.length === 0);
    if (differing.length === 0) continue;
    const items = new lifecycle.CheckCommitReadinessResult.Mismatches();
    items.setItemsList([...differing]);
    result.getMismatchesMap().set(mspId, items);
  }
  return result;
}

function commit(args: peer.lifecycle.CommitChaincodeDefinitionArgs, call: Call): peer.lifecycle.CommitChaincodeDefinitionResult {
  requireValid(args, call.bundle);
  const approvals = checkReadiness(args, call);
  serialize(NAMESPACES, args.getName(), definitionOf(args), publicState(call.simulator));
  if (approvals.get(call.mspId)?.length !== 0) throw new LifecycleError(`chaincode definition not agreed to by this org (${call.mspId})`);
  return new lifecycle.CommitChaincodeDefinitionResult();
}

function query(args: peer.lifecycle.QueryChaincodeDefinitionArgs, call: Call): peer.lifecycle.QueryChaincodeDefinitionResult {
  const name = args.getName();
  const stored = deserialize(NAMESPACES, name, publicState(call.simulator));
  if (stored === undefined) throw new NotDefinedError(`namespace ${name} is not defined`);
  const sequence = numberOf(stored.fields.get('Sequence'));
  const result = new lifecycle.QueryChaincodeDefinitionResult();
  describe(result, sequence, stored);
  for (const [mspId, differing] of approvalsOf(name, sequence, { datatype: 'ChaincodeParameters', fields: withoutSequence(stored) }, call)) result.getApprovalsMap().set(mspId, differing.length === 0);
  return result;
}

function queryAll({ simulator }: Call): peer.lifecycle.QueryChaincodeDefinitionsResult {
  const result = new lifecycle.QueryChaincodeDefinitionsResult();
  const prefix = definitionKeys.metadata('');
  const rows = simulator.getStateRange(LIFECYCLE, prefix, `${prefix}\u{10ffff}`);
  for (let row = rows.next(); row !== undefined; row = rows.next()) {
    const name = row.key.slice(prefix.length);
    const stored = deserialize(NAMESPACES, name, publicState(simulator));
    if (stored === undefined) continue;
    const entry = new lifecycle.QueryChaincodeDefinitionsResult.ChaincodeDefinition();
    entry.setName(name);
    describe(entry, numberOf(stored.fields.get('Sequence')), stored);
    result.addChaincodeDefinitions(entry);
  }
  rows.close();
  return result;
}

function installed(call: SystemCall): peer.lifecycle.QueryInstalledChaincodesResult {
  const result = new lifecycle.QueryInstalledChaincodesResult();
  for (const packageId of call.installed()) {
    const entry = new lifecycle.QueryInstalledChaincodesResult.InstalledChaincode();
    entry.setPackageId(packageId);
    entry.setLabel(packageId.split(':')[0] ?? '');
    result.addInstalledChaincodes(entry);
  }
  return result;
}

function checkReadiness(parameters: Parameters, call: Call): Map<string, readonly string[]> {
  const next = sequenceOf(parameters.getName(), call.simulator) + 1;
  if (parameters.getSequence() !== next) throw new LifecycleError(`requested sequence is ${parameters.getSequence()}, but new definition must be sequence ${next}`);
  return approvalsOf(parameters.getName(), next, parametersOf(parameters), call);
}

/** What each organisation's approval differs in; an empty list is an approval. */
function approvalsOf(name: string, sequence: number, parameters: Structure, { simulator, bundle }: Call): Map<string, readonly string[]> {
  return new Map(bundle.applicationOrganisations.map(({ mspId }) => [mspId, mismatches(NAMESPACES, approvalName(name, sequence), parameters, (key) => simulator.getPrivateDataHash(LIFECYCLE, implicitCollectionName(mspId), key))]));
}

interface Description {
  setSequence(value: number): unknown;
  setVersion(value: string): unknown;
  setEndorsementPlugin(value: string): unknown;
  setValidationPlugin(value: string): unknown;
  setValidationParameter(value: Uint8Array): unknown;
  setInitRequired(value: boolean): unknown;
  setCollections(value: peer.CollectionConfigPackage): unknown;
}

function describe(target: Description, sequence: number, { fields }: Structure): void {
  const endorsement = lifecycle.ChaincodeEndorsementInfo.deserializeBinary(fieldBytes(fields.get('EndorsementInfo')));
  const validation = lifecycle.ChaincodeValidationInfo.deserializeBinary(fieldBytes(fields.get('ValidationInfo')));
  target.setSequence(sequence);
  target.setVersion(endorsement.getVersion());
  target.setEndorsementPlugin(endorsement.getEndorsementPlugin());
  target.setInitRequired(endorsement.getInitRequired());
  target.setValidationPlugin(validation.getValidationPlugin());
  target.setValidationParameter(validation.getValidationParameter_asU8());
  target.setCollections(peer.CollectionConfigPackage.deserializeBinary(fieldBytes(fields.get('Collections'))));
}

function sequenceOf(name: string, simulator: TxSimulator): number {
  return numberOf(simulator.getState(LIFECYCLE, definitionKeys.field(name, 'Sequence')));
}

function numberOf(field: Uint8Array | undefined): number {
  return field === undefined ? 0 : lifecycle.StateData.deserializeBinary(field).getInt64();
}

function withoutSequence({ fields }: Structure): Map<string, Uint8Array> {
  return new Map([...fields].filter(([field]) => field !== 'Sequence'));
}

function sameFields(wanted: Structure, stored: Structure): boolean {
  return [...wanted.fields].every(([field, value]) => equalBytes(value, stored.fields.get(field) ?? new Uint8Array()));
}
