import { status } from '@grpc/grpc-js';
import { common, gateway as protos, peer } from '@hyperledger/fabric-protos';
import type { EndorserAnswer, Purpose } from '../endorser';
import type { Combination } from './collection';
import { EndorsementCollection } from './collection';
import type { Detail } from './errors';
import { failureOf, gatewayError } from './errors';
import type { GatewayOptions, GatewayPeer } from './options';
import { describeEndorsers, PlanError } from './plan';
import type { Proposed } from './proposal';
import { assemble, readProposal } from './proposal';

/** gateway.Gateway of one peer: evaluate, endorse, submit (wire notes, section 1). Throws gRPC errors with Fabric's codes, texts and details. */
export class Gateway {
  constructor(private readonly options: GatewayOptions) {}

  async evaluate(request: protos.EvaluateRequest): Promise<protos.EvaluateResponse> {
    const proposed = this.#evaluated(request.getProposedTransaction());
    const candidates = this.#evaluators(proposed, request.getTargetOrganizationsList());
    const details: Detail[] = [];
    let code: status = status.UNAVAILABLE;
    for (const candidate of candidates) {
      const answer = await this.#ask(candidate, proposed.signed, 'evaluate');
      const failure = failureOf(answer);
      if (failure === undefined) {
        const result = new protos.EvaluateResponse();
        result.setResult(answer.response?.getResponse());
        return result;
      }
      details.push({ address: candidate.address, mspId: candidate.mspId, message: failure.message });
      code = failure.code;
      if (!failure.retry) throw gatewayError(code, `evaluate call to endorser returned error: ${failure.message}`, details);
    }
    throw gatewayError(code, 'failed to evaluate transaction, see attached details for more info', details);
  }

  async endorse(request: protos.EndorseRequest): Promise<protos.EndorseResponse> {
    let proposed: Proposed;
    try {
      proposed = readProposal(request.getProposedTransaction(), 'the proposed transaction must contain a signed proposal');
    } catch (error) {
      throw gatewayError(status.INVALID_ARGUMENT, error instanceof Error ? error.message : String(error));
    }
    const named = request.getEndorsingOrganizationsList();
    const collection = named.length > 0 ? this.#named(proposed, named, status.UNAVAILABLE) : await this.#planned(proposed);
    for (let asked = collection.complete ? undefined : collection.next(); asked !== undefined; asked = collection.complete ? undefined : collection.next()) {
      const exhausted = await Promise.all(asked.map((first) => this.#collect(collection, first, proposed.signed)));
      if (collection.complete === undefined) collection.abandon(exhausted.filter((group): group is string => group !== undefined));
    }
    if (collection.complete === undefined) throw gatewayError(status.ABORTED, 'failed to collect enough transaction endorsements, see attached details for more info', collection.details);
    const response = new protos.EndorseResponse();
    response.setPreparedTransaction(assemble(proposed, collection.complete.payload, collection.complete.endorsements));
    return response;
  }

  submit(request: protos.SubmitRequest): protos.SubmitResponse {
    const envelope = request.getPreparedTransaction();
    if (envelope === undefined) throw gatewayError(status.INVALID_ARGUMENT, 'a prepared transaction is required');
    if (envelope.getSignature_asU8().length === 0) throw gatewayError(status.INVALID_ARGUMENT, 'prepared transaction must be signed');
    const channelId = request.getChannelId();
    if (channelId !== this.options.bundle.channelId) throw gatewayError(status.FAILED_PRECONDITION, `failed to get config for channel [${channelId}]: could not get last config for channel ${channelId}`);
    const { status: code, info } = this.options.orderer.broadcast(envelope);
    if (code === common.Status.SUCCESS) return new protos.SubmitResponse();
    const name = Object.entries(common.Status).find(([, value]) => value === code)?.[0] ?? 'UNKNOWN';
    if (code >= 400 && code < 500) throw gatewayError(status.ABORTED, `received unsuccessful response from orderer: status=${name}, info=${info}`);
    throw gatewayError(status.UNAVAILABLE, 'no orderers could successfully process transaction');
  }

  #evaluated(signed: peer.SignedProposal | undefined): Proposed {
    const refuse = (text: string) => gatewayError(status.INVALID_ARGUMENT, `failed to unpack transaction proposal: ${text}`);
    let proposed: Proposed;
    try {
      proposed = readProposal(signed, 'a signed proposal is required');
    } catch (error) {
      throw refuse(error instanceof Error ? error.message : String(error));
    }
    const { channelId, chaincode } = proposed;
    if (channelId === '') throw refuse('no channel id provided');
    if (chaincode === '') throw refuse(`no chaincode name is provided, channel id [${channelId}]`);
    if (channelId !== this.options.bundle.channelId) throw gatewayError(status.UNAVAILABLE, `failed to get config for channel [${channelId}]: could not get last config for channel ${channelId}`);
    return proposed;
  }

  /** Own organisation first, then the highest ledgers. Transient data stays at home unless the client says otherwise. */
  #evaluators({ chaincode, channelId, hasTransient }: Proposed, targets: readonly string[]): GatewayPeer[] {
    const { local } = this.options;
    const guarded = hasTransient && targets.length === 0;
    const allowed = guarded ? [local.mspId] : targets;
    const candidates = this.#with(chaincode)
      .filter(({ mspId }) => allowed.length === 0 || allowed.includes(mspId))
      .sort((a, b) => Number(b.mspId === local.mspId) - Number(a.mspId === local.mspId) || this.#byHeight(a, b));
    if (candidates.length > 0) return candidates;
    const reason = `no peers available to evaluate chaincode ${chaincode} in channel ${channelId}`;
    throw gatewayError(status.FAILED_PRECONDITION, guarded ? `no endorsers found in the gateway's organization; retry specifying target organization(s) to protect transient data: ${reason}` : reason);
  }

  /** One peer of each of the organisations, whatever the policies say. */
  #named({ chaincode, channelId }: Proposed, organisations: readonly string[], code: status): EndorsementCollection {
    const peers = channelId === this.options.bundle.channelId ? this.#with(chaincode).sort((a, b) => this.#byHeight(a, b)) : [];
    const wanted = [...new Set(organisations)];
    const groups = new Map(wanted.map((mspId) => [mspId, peers.filter((each) => each.mspId === mspId)]));
    const missing = organisations.filter((mspId) => groups.get(mspId)?.length === 0);
    if (missing.length > 0) throw gatewayError(code, `failed to find any endorsing peers for org(s): ${missing.join(', ')}`);
    return new EndorsementCollection([{ required: new Map(wanted.map((mspId) => [mspId, 1])) }], groups);
  }

  /** Asks one peer, preferably of the own organisation, and plans from what its simulation touched. */
  async #planned(proposed: Proposed): Promise<EndorsementCollection> {
    const { local } = this.options;
    const { chaincode, channelId, hasTransient } = proposed;
    let start: EndorsementCollection;
    const known = channelId === this.options.bundle.channelId;
    if (known && this.#with(chaincode).some((each) => each.mspId === local.mspId)) start = this.#named(proposed, [local.mspId], status.UNAVAILABLE);
    else if (hasTransient) throw gatewayError(status.FAILED_PRECONDITION, "no endorsers found in the gateway's organization; retry specifying endorsing organization(s) to protect transient data");
    else if (known) start = this.#plan(defaultInterest(chaincode), undefined);
    else throw gatewayError(status.FAILED_PRECONDITION, `no combination of peers can be derived which satisfy the endorsement policy: No metadata was found for chaincode ${chaincode} in channel ${channelId}`);

    const details: Detail[] = [];
    let [first] = start.next() ?? [];
    while (first !== undefined) {
      const answer = await this.#ask(first, proposed.signed);
      const failure = failureOf(answer);
      if (failure === undefined && answer.response !== undefined) {
        const collection = this.#planFrom(answer.response, first, proposed);
        collection.add(first, answer.response);
        return collection;
      }
      details.push({ address: first.address, mspId: first.mspId, message: failure?.message ?? 'no response' });
      const replacement: GatewayPeer | { exhausted: string } = start.replace(first);
      first = 'exhausted' in replacement ? undefined : replacement;
    }
    throw gatewayError(status.ABORTED, 'failed to endorse transaction, see attached details for more info', details);
  }

  #planFrom(response: peer.ProposalResponse, first: GatewayPeer, { chaincode, hasTransient }: Proposed): EndorsementCollection {
    const reported = response.getInterest();
    const interest = reported === undefined || reported.getChaincodesList().length === 0 ? defaultInterest(chaincode) : reported;
    if (!hasTransient) return this.#plan(interest, first);
    // Only peers of organisations that are members of every collection may see the transient data.
    const guarded = interest.cloneMessage();
    const hidden = guarded.getChaincodesList().filter((call) => call.getNoPrivateReads());
    for (const call of hidden) call.setNoPrivateReads(false);
    try {
      return this.#plan(guarded, first);
    } catch (error) {
      if (hidden.length === 0) throw error;
      this.#plan(interest, first);
      const names = hidden.flatMap((call) => call.getCollectionNamesList());
      throw gatewayError(status.FAILED_PRECONDITION, `requires endorsement from organisation(s) that are not in the distribution policy of the private data collection(s): [${names.join(' ')}]; retry specifying trusted endorsing organizations to protect transient data`);
    }
  }

  /** Combinations with the preferred endorser come first; otherwise their order is left to chance, to spread the load. */
  #plan(interest: peer.ChaincodeInterest, preferred: GatewayPeer | undefined): EndorsementCollection {
    const { local, bundle } = this.options;
    try {
      const { layouts, endorsers } = describeEndorsers(interest, this.#running(), local.ledger, bundle);
      const groups = new Map([...endorsers].map(([group, peers]) => [group.key, [...peers].sort((a, b) => this.#byHeight(a, b))]));
      const isPreferred = (combination: Combination) => preferred !== undefined && [...combination.required.keys()].some((group) => groups.get(group)?.includes(preferred));
      const combinations = shuffle(layouts.map((layout): Combination => ({ required: new Map([...layout].map(([group, count]) => [group.key, count])) })));
      return new EndorsementCollection([...combinations.filter(isPreferred), ...combinations.filter((combination) => !isPreferred(combination))], groups);
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      throw gatewayError(status.FAILED_PRECONDITION, `no combination of peers can be derived which satisfy the endorsement policy: ${error.message}`);
    }
  }

  /** Asks peers of one group until one endorses; otherwise the group that ran out. */
  async #collect(collection: EndorsementCollection, first: GatewayPeer, signed: peer.SignedProposal): Promise<string | undefined> {
    for (let candidate = first; ; ) {
      const answer = await this.#ask(candidate, signed);
      const failure = failureOf(answer);
      if (failure !== undefined || answer.response === undefined) collection.details.push({ address: candidate.address, mspId: candidate.mspId, message: failure?.message ?? 'no response' });
      else if (collection.add(candidate, answer.response)) return undefined;
      const replacement = collection.replace(candidate);
      if ('exhausted' in replacement) return replacement.exhausted;
      candidate = replacement;
    }
  }

  /** Over the network an endorser that returns an error returns nothing else; in its own process it returns both. */
  async #ask(candidate: GatewayPeer, signed: peer.SignedProposal, purpose: Purpose = 'endorse'): Promise<EndorserAnswer> {
    const { local, endorsementTimeoutMs } = this.options;
    let timer: NodeJS.Timeout | undefined;
    const expired = new Promise<EndorserAnswer>((resolve) => {
      timer = setTimeout(() => resolve({ error: 'rpc error: code = DeadlineExceeded desc = context deadline exceeded' }), endorsementTimeoutMs);
    });
    try {
      const answer = await Promise.race([candidate.endorser.process(signed, purpose), expired]);
      return candidate !== local && answer.error !== undefined && answer.response !== undefined ? { error: `rpc error: code = Unknown desc = ${answer.error}` } : answer;
    } finally {
      clearTimeout(timer);
    }
  }

  #with(chaincode: string): GatewayPeer[] {
    return this.#running().filter((each) => each.hasChaincode(chaincode));
  }

  #running(): GatewayPeer[] {
    return this.options.peers().filter((each) => each.isRunning());
  }

  #byHeight(a: GatewayPeer, b: GatewayPeer): number {
    return b.ledger.height - a.ledger.height || Number(b === this.options.local) - Number(a === this.options.local);
  }
}

function defaultInterest(chaincode: string): peer.ChaincodeInterest {
  const call = new peer.ChaincodeCall();
  call.setName(chaincode);
  const interest = new peer.ChaincodeInterest();
  interest.addChaincodes(call);
  return interest;
}

function shuffle<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
