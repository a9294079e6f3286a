import { status } from '@grpc/grpc-js';
import { common, gateway as protos, peer } from '@hyperledger/fabric-protos';
import type { Endorser, EndorserAnswer, UnpackedProposal } from '../endorser';
import { unpackProposal } from '../endorser';
import type { ChannelBundle, PeerLedger } from '../interfaces';
import type { Orderer } from '../orderer';
import { hex } from '../protos';
import type { Detail } from './errors';
import { failureOf, gatewayError } from './errors';
import { planLayouts } from './plan';

/** A peer that the gateway may ask. */
export interface GatewayPeer {
  readonly mspId: string;
  readonly address: string;
  readonly endorser: Endorser;
  readonly ledger: PeerLedger;
  readonly isRunning: () => boolean;
}

export interface GatewayOptions {
  /** The peer that hosts this gateway. */
  readonly local: GatewayPeer;
  /** All peers of the channel, the local one included. */
  readonly peers: () => readonly GatewayPeer[];
  readonly orderer: Orderer;
  readonly bundle: ChannelBundle;
}

interface Endorsed {
  readonly from: GatewayPeer;
  readonly response: peer.ProposalResponse;
}

/** gateway.Gateway of one peer: evaluate, endorse, submit (wire notes, section 1). */
export class Gateway {
  constructor(private readonly options: GatewayOptions) {}

  async evaluate(request: protos.EvaluateRequest): Promise<protos.EvaluateResponse> {
    const { signed, unpacked } = this.#unpack(request.getProposedTransaction());
    const targets = request.getTargetOrganizationsList();
    const own = this.options.local.mspId;
    const candidates = this.#running()
      .filter((each) => (targets.length > 0 ? targets.includes(each.mspId) : unpacked.hasTransient ? each.mspId === own : true))
      .sort((a, b) => Number(b.mspId === own) - Number(a.mspId === own) || b.ledger.height - a.ledger.height);
    if (candidates.length === 0) throw gatewayError(status.FAILED_PRECONDITION, `no peers available to evaluate chaincode ${unpacked.chaincode} in channel ${unpacked.channelId}`);
    const details: Detail[] = [];
    let code: status = status.UNAVAILABLE;
    for (const candidate of candidates) {
      const answer = await candidate.endorser.process(signed);
      const failure = failureOf(answer);
      if (failure === undefined && answer.response !== undefined) {
        const action = peer.ChaincodeAction.deserializeBinary(peer.ProposalResponsePayload.deserializeBinary(answer.response.getPayload_asU8()).getExtension_asU8());
        const result = new protos.EvaluateResponse();
        result.setResult(action.getResponse() ?? new peer.Response());
        return result;
      }
      if (failure === undefined) continue;
      details.push({ address: candidate.address, mspId: candidate.mspId, message: failure.message });
      code = failure.code;
      if (!failure.retry) throw gatewayError(failure.code, `evaluate call to endorser returned error: ${failure.message}`, details);
    }
    throw gatewayError(code, 'failed to evaluate transaction, see attached details for more info', details);
  }

  async endorse(request: protos.EndorseRequest): Promise<protos.EndorseResponse> {
    const { signed, unpacked } = this.#unpack(request.getProposedTransaction());
    const named = request.getEndorsingOrganizationsList();
    const endorsed = named.length > 0 ? await this.#endorseNamed(signed, named) : await this.#endorsePlanned(signed, unpacked);
    const response = new protos.EndorseResponse();
    response.setPreparedTransaction(assemble(unpacked, endorsed.map((each) => each.response)));
    return response;
  }

  submit(request: protos.SubmitRequest): protos.SubmitResponse {
    const envelope = request.getPreparedTransaction();
    if (envelope === undefined) throw gatewayError(status.INVALID_ARGUMENT, 'a prepared transaction is required');
    if (envelope.getSignature_asU8().length === 0) throw gatewayError(status.INVALID_ARGUMENT, 'prepared transaction must be signed');
    const answer = this.options.orderer.broadcast(envelope);
    if (answer.status === common.Status.SUCCESS) return new protos.SubmitResponse();
    const name = Object.entries(common.Status).find(([, value]) => value === answer.status)?.[0] ?? 'UNKNOWN';
    const text = `received unsuccessful response from orderer: status=${name}, info=${answer.info}`;
    if (answer.status >= 400 && answer.status < 500) throw gatewayError(status.ABORTED, text);
    throw gatewayError(status.UNAVAILABLE, 'no orderers could successfully process transaction', [{ address: 'orderer', mspId: '', message: text }]);
  }

  async #endorseNamed(signed: peer.SignedProposal, organisations: readonly string[]): Promise<Endorsed[]> {
    const running = this.#running();
    const missing = organisations.filter((mspId) => !running.some((each) => each.mspId === mspId));
    if (missing.length > 0) throw gatewayError(status.UNAVAILABLE, `failed to find any endorsing peers for org(s): ${missing.join(', ')}`);
    const chosen = [...new Set(organisations)].map((mspId) => highest(running.filter((each) => each.mspId === mspId)));
    const answers = await Promise.all(chosen.map(async (from) => ({ from, answer: await from.endorser.process(signed) })));
    return this.#agree(answers, undefined);
  }

  async #endorsePlanned(signed: peer.SignedProposal, unpacked: UnpackedProposal): Promise<Endorsed[]> {
    const { local, bundle } = this.options;
    const first = highest(this.#running().filter((each) => each.mspId === local.mspId));
    const answer = await first.endorser.process(signed);
    const failure = failureOf(answer);
    if (failure !== undefined || answer.response === undefined) {
      throw gatewayError(status.ABORTED, 'failed to endorse transaction, see attached details for more info', [{ address: first.address, mspId: first.mspId, message: failure?.message ?? 'no response' }]);
    }
    const layouts = planLayouts(answer.touched ?? [], unpacked.chaincode, first.ledger, bundle, unpacked.hasTransient);
    const available = new Set(this.#running().map((each) => each.mspId));
    const usable = layouts.filter((layout) => [...layout].every((mspId) => available.has(mspId)));
    const [layout] = shuffle(usable).sort((a, b) => Number(b.has(first.mspId)) - Number(a.has(first.mspId)));
    if (layout === undefined) {
      const reason = layouts.length === 0 ? 'no peer combination can satisfy the endorsement policy' : 'required chaincodes are not installed on sufficient peers';
      throw gatewayError(status.FAILED_PRECONDITION, `no combination of peers can be derived which satisfy the endorsement policy: ${reason}`);
    }
    const others = await Promise.all(
      [...layout]
        .filter((mspId) => mspId !== first.mspId)
        .map(async (mspId) => {
          const from = highest(this.#running().filter((each) => each.mspId === mspId));
          return { from, answer: await from.endorser.process(signed) };
        }),
    );
    const agreed = this.#agree(others, answer.response);
    return layout.has(first.mspId) ? [{ from: first, response: answer.response }, ...agreed] : agreed;
  }

  /** All answers must be successes with the same payload. */
  #agree(answers: readonly { from: GatewayPeer; answer: EndorserAnswer }[], reference: peer.ProposalResponse | undefined): Endorsed[] {
    const details: Detail[] = [];
    const agreed: Endorsed[] = [];
    let expected = reference;
    for (const { from, answer } of answers) {
      const failure = failureOf(answer);
      const detail = (message: string) => details.push({ address: from.address, mspId: from.mspId, message });
      if (failure !== undefined || answer.response === undefined) {
        detail(failure?.message ?? 'no response');
        continue;
      }
      expected ??= answer.response;
      if (Buffer.compare(answer.response.getPayload_asU8(), expected.getPayload_asU8()) === 0) agreed.push({ from, response: answer.response });
      else detail('ProposalResponsePayloads do not match');
    }
    if (details.length > 0) throw gatewayError(status.ABORTED, 'failed to collect enough transaction endorsements, see attached details for more info', details);
    return agreed;
  }

  #unpack(signed: peer.SignedProposal | undefined): { signed: peer.SignedProposal; unpacked: UnpackedProposal } {
    if (signed === undefined) throw gatewayError(status.INVALID_ARGUMENT, 'failed to unpack transaction proposal: a signed proposal is required');
    let unpacked: UnpackedProposal;
    try {
      unpacked = unpackProposal(signed);
    } catch (error) {
      throw gatewayError(status.INVALID_ARGUMENT, `failed to unpack transaction proposal: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (unpacked.channelId !== '' && unpacked.channelId !== this.options.bundle.channelId) throw gatewayError(status.UNAVAILABLE, `failed to get config for channel [${unpacked.channelId}]: no such channel`);
    return { signed, unpacked };
  }

  #running(): GatewayPeer[] {
    return this.options.peers().filter((each) => each.isRunning());
  }
}

function highest(peers: readonly GatewayPeer[]): GatewayPeer {
  const [first, ...others] = peers;
  if (first === undefined) throw gatewayError(status.UNAVAILABLE, 'no peers available');
  return others.reduce((best, each) => (each.ledger.height > best.ledger.height ? each : best), first);
}

function assemble(unpacked: UnpackedProposal, responses: readonly peer.ProposalResponse[]): common.Envelope {
  const seen = new Set<string>();
  const endorsements = responses.flatMap((response) => {
    const endorsement = response.getEndorsement();
    if (endorsement === undefined) return [];
    const key = hex(endorsement.getEndorser_asU8());
    if (seen.has(key)) return [];
    seen.add(key);
    return [endorsement];
  });
  const endorsed = new peer.ChaincodeEndorsedAction();
  endorsed.setProposalResponsePayload(responses[0]?.getPayload_asU8() ?? new Uint8Array());
  endorsed.setEndorsementsList(endorsements);
  const actionPayload = new peer.ChaincodeActionPayload();
  actionPayload.setChaincodeProposalPayload(unpacked.publicPayload);
  actionPayload.setAction(endorsed);
  const action = new peer.TransactionAction();
  action.setHeader(unpacked.header.getSignatureHeader_asU8());
  action.setPayload(actionPayload.serializeBinary());
  const transaction = new peer.Transaction();
  transaction.setActionsList([action]);
  const payload = new common.Payload();
  payload.setHeader(unpacked.header);
  payload.setData(transaction.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  return envelope;
}

function shuffle<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
