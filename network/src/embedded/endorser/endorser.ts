import { peer } from '@hyperledger/fabric-protos';
import type { ChannelBundle, Identity, PeerLedger, SigningIdentity, TouchedNamespace, TxSimulator } from '../interfaces';
import { PolicyError } from '../policy';
import { fromUtf8, hex } from '../protos';
import type { ChaincodeRuntime } from '../chaincode/runtime';
import { callCscc, callLifecycle, callQscc, definitionKeys, LifecycleError, lookupDefinition } from '../syscc';
import type { UnpackedProposal } from './proposal';
import { headerDefect, unpackProposal } from './proposal';

const LIFECYCLE = '_lifecycle';
const SYSTEM = new Set([LIFECYCLE, 'qscc', 'cscc']);
const MAX_CLOCK_SKEW_MS = 15 * 60_000;

export interface EndorserOptions {
  readonly mspId: string;
  readonly identity: SigningIdentity;
  readonly ledger: PeerLedger;
  readonly bundle: ChannelBundle;
  readonly runtime: ChaincodeRuntime;
  /** Keeps a private write set here and hands it to the other members, before the endorsement goes out. */
  readonly distribute: (txId: string, privateReadWriteSet: Uint8Array) => void;
  readonly executeTimeoutMs: number;
}

/** Outcome of a proposal. `error` without a response: the peer cannot serve the client at all. */
export interface EndorserAnswer {
  readonly response?: peer.ProposalResponse;
  readonly error?: string;
  /** What an endorsement plan needs to know. */
  readonly touched?: readonly TouchedNamespace[];
}

/** ProcessProposal of one peer (wire notes 1.3). */
export class Endorser {
  constructor(private readonly options: EndorserOptions) {}

  async process(signed: peer.SignedProposal): Promise<EndorserAnswer> {
    const { ledger, bundle } = this.options;
    let unpacked: UnpackedProposal;
    try {
      unpacked = unpackProposal(signed);
    } catch (error) {
      return refusal(500, message(error), message(error));
    }
    const { channelId, txId, channelHeader, signatureHeader } = unpacked;
    const stamp = channelHeader.getTimestamp()?.toDate().getTime() ?? 0;
    if (Math.abs(Date.now() - stamp) > MAX_CLOCK_SKEW_MS) return { error: `request unauthorized due to incorrect timestamp ${new Date(stamp).toISOString()}, peer time ${new Date().toISOString()}` };
    if (channelId !== '' && channelId !== ledger.channelId) return refusal(500, `channel '${channelId}' not found`);

    const defect = headerDefect(unpacked);
    if (defect !== undefined) return validation(defect);
    let creator: Identity;
    try {
      creator = bundle.mspManager.deserialize(signatureHeader.getCreator_asU8());
    } catch {
      return validation(`access denied: channel [${channelId}] creator org unknown, creator is malformed`);
    }
    if (creator.expiresAt.getTime() < Date.now()) return { error: 'proposal client identity expired' };
    if (!creator.verify(signed.getProposalBytes_asU8(), signed.getSignature_asU8())) return validation(`access denied: channel [${channelId}] creator org [${creator.mspId}]`);
    if (ledger.findTransaction(txId) !== undefined) return refusal(500, `duplicate transaction found [${txId}]. Creator [${hex(signatureHeader.getCreator_asU8())}]`, 'duplicate');
    const denied = this.#accessDenied(unpacked, signed);
    if (denied !== undefined) return refusal(500, denied, denied);
    return this.#simulate(unpacked, signed, creator);
  }

  #accessDenied(unpacked: UnpackedProposal, signed: peer.SignedProposal): string | undefined {
    const { bundle } = this.options;
    const { chaincode, input, channelId } = unpacked;
    const resource = SYSTEM.has(chaincode) ? `${chaincode}/${fromUtf8(input.getArgsList_asU8()[0] ?? new Uint8Array())}` : 'peer/Propose';
    const path = bundle.acl(resource);
    try {
      bundle.policies.evaluate(path, [{ message: signed.getProposalBytes_asU8(), identity: unpacked.signatureHeader.getCreator_asU8(), signature: signed.getSignature_asU8() }]);
      return undefined;
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      return `error validating proposal: Failed evaluating policy on signed data during check policy on channel [${channelId}] with policy [${path}]: [${error.message}]`;
    }
  }

  async #simulate(unpacked: UnpackedProposal, signed: peer.SignedProposal, creator: Identity): Promise<EndorserAnswer> {
    const { ledger } = this.options;
    const { chaincode, txId, channelId } = unpacked;
    const simulator = ledger.newSimulator(txId);
    let response: peer.Response;
    let event: peer.ChaincodeEvent | undefined;
    let version = '';
    try {
      if (SYSTEM.has(chaincode)) {
        response = this.#system(unpacked, simulator, creator);
        version = 'syscc';
      } else {
        // Fabric looks the definition up through the simulator, so this read is part of every read set.
        simulator.getState(LIFECYCLE, definitionKeys.field(chaincode, 'Sequence'));
        const definition = lookupDefinition((key) => ledger.getState(LIFECYCLE, key)?.value, chaincode);
        if (definition === undefined) return refusal(500, `make sure the chaincode ${chaincode} has been successfully defined on channel ${channelId} and try again: chaincode ${chaincode} not found`);
        version = definition.version;
        const result = await this.#execute(unpacked.chaincode, unpacked.input.serializeBinary(), unpacked, signed, simulator);
        ({ response, event } = result);
      }
    } catch (error) {
      if (error instanceof LifecycleError) return refusal(500, `failed to invoke backing implementation of '${fromUtf8(unpacked.input.getArgsList_asU8()[0] ?? new Uint8Array())}': ${error.message}`);
      return refusal(500, `error in simulation: ${message(error)}`);
    }
    return this.#endorse(unpacked, simulator, response, event, version);
  }

  #system({ chaincode, input }: UnpackedProposal, simulator: TxSimulator, creator: Identity): peer.Response {
    const { ledger, bundle, mspId } = this.options;
    const [name = new Uint8Array(), ...args] = input.getArgsList_asU8();
    const response = new peer.Response();
    try {
      const call = { simulator, bundle, creator, mspId };
      response.setPayload(chaincode === 'qscc' ? callQscc(fromUtf8(name), args, ledger) : chaincode === 'cscc' ? callCscc(fromUtf8(name), ledger, bundle) : callLifecycle(fromUtf8(name), args, call));
      response.setStatus(200);
    } catch (error) {
      if (error instanceof LifecycleError && !error.message.includes('is not defined')) throw error;
      response.setStatus(error instanceof LifecycleError ? 404 : 500);
      response.setMessage(message(error));
    }
    return response;
  }

  async #execute(chaincode: string, input: Uint8Array, unpacked: UnpackedProposal, signed: peer.SignedProposal, simulator: TxSimulator): Promise<{ response: peer.Response; event: peer.ChaincodeEvent | undefined }> {
    const { runtime, executeTimeoutMs } = this.options;
    const stream = await runtime.connect(chaincode);
    return stream.execute({
      channelId: unpacked.channelId,
      txId: unpacked.txId,
      chaincode,
      input,
      signedProposal: signed,
      simulator,
      timeoutMs: executeTimeoutMs,
      invokeOther: async (spec) => {
        const [name = ''] = (spec.getChaincodeId()?.getName() ?? '').split(/[:/]/);
        if (SYSTEM.has(name)) throw new Error(`Rejecting invoke of ${name} from another chaincode`);
        simulator.getState(LIFECYCLE, definitionKeys.field(name, 'Sequence'));
        const result = await this.#execute(name, spec.getInput()?.serializeBinary() ?? new Uint8Array(), unpacked, signed, simulator);
        return result.response;
      },
    });
  }

  #endorse(unpacked: UnpackedProposal, simulator: TxSimulator, response: peer.Response, event: peer.ChaincodeEvent | undefined, version: string): EndorserAnswer {
    const { identity, distribute } = this.options;
    const { chaincode, txId } = unpacked;
    const status = response.getStatus();
    const results = simulator.done();
    const answer = new peer.ProposalResponse();
    answer.setVersion(1);
    if (status >= 400 && status < 500) {
      answer.setResponse(response);
      return { response: answer };
    }
    const action = new peer.ChaincodeAction();
    action.setResults(results.publicReadWriteSet);
    if (event !== undefined && status < 400) {
      event.setChaincodeId(chaincode);
      event.setTxId(txId);
      action.setEvents(event.serializeBinary());
    }
    action.setResponse(response);
    const id = new peer.ChaincodeID();
    id.setName(chaincode);
    id.setVersion(version);
    action.setChaincodeId(id);
    const payload = new peer.ProposalResponsePayload();
    payload.setProposalHash(unpacked.proposalHash);
    payload.setExtension$(action.serializeBinary());
    const payloadBytes = payload.serializeBinary();
    answer.setResponse(response);
    answer.setPayload(payloadBytes);
    if (status >= 500) return { response: answer };
    if (results.privateReadWriteSet !== undefined) distribute(txId, results.privateReadWriteSet);
    const endorsement = new peer.Endorsement();
    endorsement.setEndorser(identity.serialized);
    endorsement.setSignature(identity.sign(new Uint8Array(Buffer.concat([payloadBytes, identity.serialized]))));
    answer.setEndorsement(endorsement);
    return { response: answer, touched: results.touched };
  }
}

function refusal(status: number, text: string, error?: string): EndorserAnswer {
  const response = new peer.Response();
  response.setStatus(status);
  response.setMessage(text);
  const answer = new peer.ProposalResponse();
  answer.setResponse(response);
  return error === undefined ? { response: answer } : { response: answer, error };
}

function validation(text: string): EndorserAnswer {
  const full = `error validating proposal: ${text}`;
  return refusal(500, full, full);
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

