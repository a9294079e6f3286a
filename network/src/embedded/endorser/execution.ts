import { common, peer } from '@hyperledger/fabric-protos';
import { ExecutionError } from '../chaincode/invocation';
import type { Identity, TxSimulator } from '../interfaces';
import { satisfiesPolicy } from '../policy';
import { findCollection } from '../privdata/collections';
import { equalBytes, fromUtf8, utf8 } from '../protos';
import { endorsementInfo, isSystemChaincode, lookupDefinition, readDefinition, requireAccess } from '../syscc';
import type { EndorserOptions } from './options';
import type { UnpackedProposal } from './proposal';

/** What a chaincode made of a proposal. */
export interface Execution {
  readonly response: peer.Response;
  readonly event?: peer.ChaincodeEvent | undefined;
}

export interface ExecutionContext extends EndorserOptions {
  readonly unpacked: UnpackedProposal;
  readonly signed: peer.SignedProposal;
  readonly creator: Identity;
  readonly simulator: TxSimulator;
}

/** Key in a chaincode's namespace under which Fabric notes the version that was initialised. */
const INITIALIZED_KEY = '\u{0}\u{10ffff}initialized';

/** Runs the proposal's chaincode. Throws with Fabric's text on anything but a chaincode's own answer. */
export async function execute(context: ExecutionContext): Promise<Execution> {
  const { chaincode, txId, input } = context.unpacked;
  let message: peer.ChaincodeMessage;
  try {
    message = await invoke(context, chaincode, input);
  } catch (error) {
    throw new ExecutionError(`failed to execute transaction ${txId}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  if (message.getType() === peer.ChaincodeMessage.Type.ERROR) throw new ExecutionError(`transaction returned with failure: ${fromUtf8(message.getPayload_asU8())}`);
  const event = message.getChaincodeEvent();
  event?.setChaincodeId(chaincode);
  event?.setTxId(txId);
  return { response: peer.Response.deserializeBinary(message.getPayload_asU8()), event };
}

/** One invocation within the simulation: the proposal's chaincode, or one that it calls. */
async function invoke(context: ExecutionContext, chaincode: string, input: peer.ChaincodeInput): Promise<peer.ChaincodeMessage> {
  const { unpacked, signed, simulator, runtime, executeTimeoutMs } = context;
  const isInit = prepare(context, chaincode, input);
  const stream = await runtime.connect(chaincode);
  return stream.execute({
    channelId: unpacked.channelId,
    txId: unpacked.txId,
    chaincode,
    input: input.serializeBinary(),
    signedProposal: signed,
    simulator,
    timeoutMs: executeTimeoutMs,
    isInit,
    mayAccess: (collection, wanted) => mayAccess(context, chaincode, collection, wanted),
    invokeOther: (spec) => invokeOther(context, spec),
  });
}

/** Looks the definition up and enforces "init exactly once" where the definition asks for it; true for an init. */
function prepare({ unpacked, simulator, ledger, bundle, mspId }: ExecutionContext, chaincode: string, input: peer.ChaincodeInput): boolean {
  let info: { readonly version: string; readonly initRequired: boolean };
  try {
    info = endorsementInfo(simulator, ledger, bundle, mspId, chaincode);
  } catch (error) {
    throw new ExecutionError(`invalid invocation: [channel ${unpacked.channelId}] failed to get chaincode container info for ${chaincode}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const refuse = (text: string) => new ExecutionError(`invalid invocation: chaincode '${chaincode}' ${text}`);
  const due = info.initRequired && !equalBytes(simulator.getState(chaincode, INITIALIZED_KEY) ?? new Uint8Array(), utf8(info.version));
  if (!input.getIsInit()) {
    if (due) throw refuse('has not been initialized for this version, must call as init first');
    return false;
  }
  if (!info.initRequired) throw refuse('does not require initialization but called as init');
  if (!due) throw refuse('is already initialized but called as init');
  simulator.setState(chaincode, INITIALIZED_KEY, utf8(info.version));
  return true;
}

async function invokeOther(context: ExecutionContext, spec: peer.ChaincodeSpec): Promise<peer.ChaincodeMessage> {
  const { unpacked, signed, creator, bundle, ledger } = context;
  const [instance = '', channel = unpacked.channelId] = (spec.getChaincodeId()?.getName() ?? '').split('/', 2);
  const [name = ''] = instance.split(':', 1);
  if (!isSystemChaincode(name)) requireAccess(bundle, 'peer/ChaincodeToChaincode', { message: signed.getProposalBytes_asU8(), identity: creator.serialized, signature: signed.getSignature_asU8() });
  if (channel !== ledger.channelId) throw new Error(`failed to find ledger for channel: ${channel}`);
  if (isSystemChaincode(name)) return closing(500, `Rejecting invoke of ${name.toUpperCase()} from another chaincode, original invocation for '${unpacked.chaincode}'`);
  try {
    return await invoke(context, name, spec.getInput() ?? new peer.ChaincodeInput());
  } catch (error) {
    throw new ExecutionError(`execute failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function closing(status: number, text: string): peer.ChaincodeMessage {
  const response = new peer.Response();
  response.setStatus(status);
  response.setMessage(text);
  const message = new peer.ChaincodeMessage();
  message.setType(peer.ChaincodeMessage.Type.COMPLETED);
  message.setPayload(response.serializeBinary());
  return message;
}

/** Collections may restrict reading and writing to members; what counts is the organisation of who proposes. */
function mayAccess({ creator, ledger, bundle, unpacked, simulator }: ExecutionContext, chaincode: string, collection: string, wanted: 'read' | 'write'): boolean {
  readDefinition(simulator, chaincode);
  const definition = findCollection((key) => ledger.getState('_lifecycle', key)?.value, lookupDefinition, bundle, chaincode, collection);
  if (definition === undefined) throw new Error(`collection ${unpacked.channelId}/${chaincode}/${collection} could not be found`);
  const restricted = wanted === 'read' ? definition.memberOnlyRead : definition.memberOnlyWrite;
  return !restricted || satisfiesPolicy(common.SignaturePolicyEnvelope.deserializeBinary(definition.memberPolicy), [creator]);
}
