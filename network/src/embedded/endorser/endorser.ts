import { X509Certificate } from 'node:crypto';
import { msp, peer } from '@hyperledger/fabric-protos';
import type { Identity, TxSimulator } from '../interfaces';
import { fromUtf8, hex, tryParse } from '../protos';
import type { SystemCall } from '../syscc';
import { AccessError, endorsementInfo, invokeSystemChaincode, isSystemChaincode, requireAccess } from '../syscc';
import type { Execution } from './execution';
import { execute } from './execution';
import { interestOf } from './interest';
import type { EndorserAnswer, EndorserOptions } from './options';
import type { UnpackedProposal } from './proposal';
import { headerDefect, unpackProposal } from './proposal';

const MAX_CLOCK_SKEW_MS = 15 * 60_000;
const CACHE_SIZE = 2000;
/** Chaincodes that only look at the ledger and take no part in simulation. */
const WITHOUT_SIMULATOR = new Set(['qscc', 'cscc']);

/** Why a proposal is run: to endorse what it does, or only to be told what it answers, which needs neither read and write sets nor a signature. */
export type Purpose = 'endorse' | 'evaluate';

/** ProcessProposal of one peer (wire notes 1.3). Never throws. */
export class Endorser {
  readonly #expiries = new Map<string, number>();

  constructor(private readonly options: EndorserOptions) {}

  async process(signed: peer.SignedProposal, purpose: Purpose = 'endorse'): Promise<EndorserAnswer> {
    let unpacked: UnpackedProposal;
    try {
      unpacked = unpackProposal(signed);
    } catch (error) {
      return refused(messageOf(error));
    }
    const unserved = this.#unserved(unpacked);
    if (unserved !== undefined) return { error: unserved };
    const { channelId } = unpacked;
    if (channelId !== '' && channelId !== this.options.ledger.channelId) return { response: failure(`channel '${channelId}' not found`) };
    const { creator, defect } = this.#validate(unpacked, signed);
    if (creator === undefined) return refused(`error validating proposal: ${defect}`);
    const inadmissible = this.#inadmissible(unpacked, signed);
    if (inadmissible !== undefined) return refused(inadmissible);
    try {
      return { response: channelId === '' ? this.#channelless(unpacked, signed, creator) : await this.#run(unpacked, signed, creator, purpose) };
    } catch (error) {
      return { response: failure(messageOf(error)) };
    }
  }

  /** The filters in front of the endorser: a certificate past its time, a clock too far off. */
  #unserved({ channelHeader, signatureHeader }: UnpackedProposal): string | undefined {
    if (this.#expiryOf(signatureHeader.getCreator_asU8()) < Date.now()) return 'proposal client identity expired';
    const stamp = channelHeader.getTimestamp()?.toDate().getTime() ?? 0;
    if (Math.abs(Date.now() - stamp) <= MAX_CLOCK_SKEW_MS) return undefined;
    const rfc3339 = (time: number) => new Date(time).toISOString().replace(/\.\d+/, '');
    return `request unauthorized due to incorrect timestamp ${rfc3339(stamp)}, peer time ${rfc3339(Date.now())}, peer.authentication.timewindow 15m0s`;
  }

  /** When a certificate ends, whoever issued it; Infinity of what is none. Parsed once, since users send many proposals. */
  #expiryOf(creator: Uint8Array): number {
    const key = hex(creator);
    let expiry = this.#expiries.get(key);
    if (expiry === undefined) {
      const pem = tryParse(msp.SerializedIdentity.deserializeBinary, creator)?.getIdBytes_asU8();
      const certificate = pem && tryParse((bytes) => new X509Certificate(bytes), pem);
      expiry = certificate === undefined ? Infinity : new Date(certificate.validTo).getTime();
      if (this.#expiries.size >= CACHE_SIZE) this.#expiries.clear();
      this.#expiries.set(key, expiry);
    }
    return expiry;
  }

  #validate(unpacked: UnpackedProposal, signed: peer.SignedProposal): { creator?: Identity; defect?: string } {
    const defect = headerDefect(unpacked);
    if (defect !== undefined) return { defect };
    if (signed.getSignature_asU8().length === 0) return { defect: 'empty signature bytes' };
    const { channelId, signatureHeader } = unpacked;
    let creator: Identity;
    try {
      creator = this.options.bundle.mspManager.deserialize(signatureHeader.getCreator_asU8());
    } catch {
      return { defect: `access denied: channel [${channelId}] creator org unknown, creator is malformed` };
    }
    if (!creator.verify(signed.getProposalBytes_asU8(), signed.getSignature_asU8())) return { defect: `access denied: channel [${channelId}] creator org [${creator.mspId}]` };
    return { creator };
  }

  /** Uniqueness and access control of proposals on the channel. */
  #inadmissible({ channelId, txId, chaincode, signatureHeader }: UnpackedProposal, signed: peer.SignedProposal): string | undefined {
    if (channelId === '') return undefined;
    const { ledger, bundle } = this.options;
    if (ledger.findTransaction(txId) !== undefined) return `duplicate transaction found [${txId}]. Creator [${hex(signatureHeader.getCreator_asU8())}]`;
    if (isSystemChaincode(chaincode)) return undefined;
    try {
      requireAccess(bundle, 'peer/Propose', { message: signed.getProposalBytes_asU8(), identity: signatureHeader.getCreator_asU8(), signature: signed.getSignature_asU8() });
      return undefined;
    } catch (error) {
      if (error instanceof AccessError) return error.message;
      throw error;
    }
  }

  /** Functions of system chaincodes that concern the peer, not a channel; their answer is not endorsed. */
  #channelless(unpacked: UnpackedProposal, signed: peer.SignedProposal, creator: Identity): peer.ProposalResponse {
    if (!isSystemChaincode(unpacked.chaincode)) throw new Error(`make sure the chaincode ${unpacked.chaincode} has been successfully defined on channel  and try again: could not get channel config for channel ''`);
    const answer = new peer.ProposalResponse();
    answer.setResponse(invokeSystemChaincode(this.#systemCall(unpacked, signed, creator, undefined)));
    return answer;
  }

  async #run(unpacked: UnpackedProposal, signed: peer.SignedProposal, creator: Identity, purpose: Purpose): Promise<peer.ProposalResponse> {
    const { ledger, bundle, mspId } = this.options;
    const { chaincode, txId, channelId } = unpacked;
    // A failure of chaincode is told from other failures by what would have been endorsed.
    const answer = (execution: Execution, version: string, simulator: TxSimulator | undefined) => (purpose === 'evaluate' && execution.response.getStatus() < 500 ? answerOf(execution) : this.#endorse(unpacked, execution, version, simulator));
    if (WITHOUT_SIMULATOR.has(chaincode)) return answer({ response: invokeSystemChaincode(this.#systemCall(unpacked, signed, creator, undefined)) }, SYSTEM_VERSION, undefined);
    const release = await this.options.shareState();
    try {
      const simulator = ledger.newSimulator(txId);
      if (isSystemChaincode(chaincode)) {
        const response = invokeSystemChaincode(this.#systemCall(unpacked, signed, creator, simulator));
        return answer({ response }, SYSTEM_VERSION, simulator);
      }
      let version: string;
      try {
        version = endorsementInfo(simulator, ledger, bundle, mspId, chaincode).version;
      } catch (error) {
        throw new Error(`make sure the chaincode ${chaincode} has been successfully defined on channel ${channelId} and try again: ${messageOf(error)}`, { cause: error });
      }
      let execution: Execution;
      try {
        execution = await execute({ ...this.options, unpacked, signed, creator, simulator });
        return answer(execution, version, simulator);
      } catch (error) {
        throw new Error(`error in simulation: ${messageOf(error)}`, { cause: error });
      }
    } finally {
      release();
    }
  }

  /** Closes the simulation, hands private data out and signs (the default endorsement plug-in). */
  #endorse({ chaincode, txId, proposalHash }: UnpackedProposal, execution: Execution, version: string, simulator: TxSimulator | undefined): peer.ProposalResponse {
    const { response, event } = execution;
    const status = response.getStatus();
    const results = simulator?.done();
    if (results?.privateReadWriteSet !== undefined) this.options.distribute(txId, results.privateReadWriteSet);
    const answer = answerOf(execution);
    if (status >= 400 && status < 500) return answer;
    const id = new peer.ChaincodeID();
    id.setName(chaincode);
    id.setVersion(version);
    const action = new peer.ChaincodeAction();
    action.setChaincodeId(id);
    action.setResponse(response);
    if (results !== undefined) action.setResults(results.publicReadWriteSet);
    if (event !== undefined && status < 400) action.setEvents(event.serializeBinary());
    const payload = new peer.ProposalResponsePayload();
    payload.setProposalHash(proposalHash);
    payload.setExtension$(action.serializeBinary());
    const payloadBytes = payload.serializeBinary();
    answer.setPayload(payloadBytes);
    if (results !== undefined) answer.setInterest(interestOf(results.touched, isSystemChaincode));
    if (status >= 500) return answer;
    const { identity } = this.options;
    const endorsement = new peer.Endorsement();
    endorsement.setEndorser(identity.serialized);
    endorsement.setSignature(identity.sign(new Uint8Array(Buffer.concat([payloadBytes, identity.serialized]))));
    answer.setVersion(1);
    answer.setEndorsement(endorsement);
    return answer;
  }

  #systemCall({ chaincode, input }: UnpackedProposal, signed: peer.SignedProposal, creator: Identity, simulator: TxSimulator | undefined): SystemCall {
    const { ledger, bundle, mspId, runtime } = this.options;
    const [name = new Uint8Array(), ...args] = input.getArgsList_asU8();
    return {
      chaincode,
      name: fromUtf8(name),
      args,
      simulator,
      ledger,
      bundle,
      mspId,
      creator,
      signed: { message: signed.getProposalBytes_asU8(), identity: creator.serialized, signature: signed.getSignature_asU8() },
      installed: () => runtime.installed(),
    };
  }
}

const SYSTEM_VERSION = 'syscc';

function answerOf({ response }: Execution): peer.ProposalResponse {
  const answer = new peer.ProposalResponse();
  answer.setResponse(response);
  return answer;
}

/** The proposal itself is at fault: a response, and an error for who calls over gRPC. */
function refused(text: string): EndorserAnswer {
  return { response: failure(text), error: text };
}

function failure(text: string): peer.ProposalResponse {
  const response = new peer.Response();
  response.setStatus(500);
  response.setMessage(text);
  const answer = new peer.ProposalResponse();
  answer.setResponse(response);
  return answer;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
