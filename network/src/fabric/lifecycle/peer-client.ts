import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { requestCallback } from '@grpc/grpc-js';
import { credentials } from '@grpc/grpc-js';
import { gateway, peer } from '@hyperledger/fabric-protos';
import type { SigningIdentity } from '../../embedded/interfaces';
import { loadSigningIdentity } from '../../embedded/msp/signing-identity';
import { fromUtf8 } from '../../embedded/protos';
import { NetworkError } from '../../errors';
import type { Organisation, PeerNode } from '../../topology/types';
import type { Layout } from '../layout';
import { peerName } from '../layout';
import type { Invocation } from './proposal';
import { assemble, propose } from './proposal';

const CALL_MS = 60_000;
const options = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

/** One peer, spoken to as its organisation's administrator, for what the `peer` command line would do. */
export class PeerClient {
  readonly name: string;
  private readonly identity: SigningIdentity;
  private readonly endorser: peer.EndorserClient;
  private readonly gateway: gateway.GatewayClient;

  constructor(
    readonly organisation: Organisation,
    readonly node: PeerNode,
    layout: Layout,
  ) {
    this.name = peerName(organisation, node);
    this.identity = loadSigningIdentity(organisation.mspId, layout.adminMsp(organisation));
    const tls = credentials.createSsl(readFileSync(path.join(layout.peerCrypto(organisation, node), 'tls', 'ca.crt')));
    const address = `${node.host}:${node.port}`;
    this.endorser = new peer.EndorserClient(address, tls, options);
    this.gateway = new gateway.GatewayClient(address, tls, options);
  }

  close(): void {
    this.endorser.close();
    this.gateway.close();
  }

  /** What the chaincode answers on this peer, whatever its status. Throws NODE_FAILED if the peer gives no answer. */
  async ask(invocation: Invocation): Promise<peer.Response> {
    return (await this.endorse(propose(this.identity, invocation).signed)).getResponse() ?? new peer.Response();
  }

  /** Payload of a successful answer. Throws DEPLOY_FAILED with the peer's text otherwise. */
  async query(invocation: Invocation): Promise<Uint8Array> {
    return succeeded(this.name, invocation, await this.ask(invocation)).getPayload_asU8();
  }

  /** Endorses on `endorsers`, orders through this peer and waits until this peer has committed. Throws DEPLOY_FAILED. */
  async submit(invocation: Invocation, endorsers: readonly PeerClient[]): Promise<{ blockNumber: number }> {
    const proposal = propose(this.identity, invocation);
    const responses = await Promise.all(
      endorsers.map(async (endorser) => {
        const response = await endorser.endorse(proposal.signed);
        succeeded(endorser.name, invocation, response.getResponse() ?? new peer.Response());
        return response;
      }),
    );
    const request = new gateway.SubmitRequest();
    request.setChannelId(invocation.channel);
    request.setTransactionId(proposal.txId);
    request.setPreparedTransaction(assemble(this.identity, proposal, responses));
    await this.call<gateway.SubmitResponse>((done) => this.gateway.submit(request, deadline(), done));
    const status = await this.commitStatus(invocation.channel, proposal.txId);
    const code = status.getResult();
    if (code !== peer.TxValidationCode.VALID) {
      const label = Object.entries(peer.TxValidationCode).find(([, value]) => value === code)?.[0] ?? String(code);
      throw new NetworkError('DEPLOY_FAILED', `${describe(invocation)} was refused at commit with ${label}.`, { peer: this.name, code: label, txId: proposal.txId });
    }
    return { blockNumber: status.getBlockNumber() };
  }

  /**
   * Whether this peer's gateway gets answers from all the organisations for a chaincode call; nothing is submitted.
   * False while the gateway does not know of them yet; a refusal by the chaincode itself counts as an answer.
   */
  async reaches(invocation: Invocation, mspIds: readonly string[]): Promise<boolean> {
    const proposal = propose(this.identity, invocation);
    const request = new gateway.EndorseRequest();
    request.setChannelId(invocation.channel);
    request.setTransactionId(proposal.txId);
    request.setProposedTransaction(proposal.signed);
    request.setEndorsingOrganizationsList([...mspIds]);
    try {
      await this.call<gateway.EndorseResponse>((done) => this.gateway.endorse(request, deadline(), done));
      return true;
    } catch (error) {
      return error instanceof NetworkError && /chaincode response \d+/.test(JSON.stringify(error.details));
    }
  }

  private async commitStatus(channel: string, txId: string): Promise<gateway.CommitStatusResponse> {
    const inner = new gateway.CommitStatusRequest();
    inner.setChannelId(channel);
    inner.setTransactionId(txId);
    inner.setIdentity(this.identity.serialized);
    const request = new gateway.SignedCommitStatusRequest();
    request.setRequest(inner.serializeBinary());
    request.setSignature(this.identity.sign(request.getRequest_asU8()));
    return this.call<gateway.CommitStatusResponse>((done) => this.gateway.commitStatus(request, deadline(), done));
  }

  private endorse(signed: peer.SignedProposal): Promise<peer.ProposalResponse> {
    return this.call<peer.ProposalResponse>((done) => this.endorser.processProposal(signed, deadline(), done));
  }

  private call<T>(start: (done: requestCallback<T>) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      start((error, answer) => {
        if (error === null && answer !== undefined) {
          resolve(answer);
          return;
        }
        const details = error?.metadata.get('grpc-status-details-bin').map((value) => (typeof value === 'string' ? value : fromUtf8(value)));
        reject(new NetworkError('NODE_FAILED', `${this.name} did not answer as expected: ${error?.details ?? 'no answer'}`, { peer: this.name, grpcCode: error?.code, details }, { cause: error }));
      });
    });
  }
}

function deadline(): { deadline: number } {
  return { deadline: Date.now() + CALL_MS };
}

function succeeded(name: string, invocation: Invocation, response: peer.Response): peer.Response {
  if (response.getStatus() === 200) return response;
  throw new NetworkError('DEPLOY_FAILED', `${describe(invocation)} on ${name}: ${response.getMessage()} (status ${response.getStatus()}).`, { peer: name, status: response.getStatus() });
}

function describe({ chaincode, args }: Invocation): string {
  const [first] = args;
  return `${chaincode}.${typeof first === 'string' ? first : 'call'}`;
}
