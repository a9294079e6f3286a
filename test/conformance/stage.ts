import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { status as grpc } from '@grpc/grpc-js';
import type { Commit, Contract, ProposalOptions, Transaction } from '@hyperledger/fabric-gateway';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { common, gateway as gatewayProtos, peer } from '@hyperledger/fabric-protos';
import { EmbeddedNetwork } from '../../network/src/embedded';
import { FabricNetwork } from '../../network/src/fabric';
import { loadTopology } from '../../network/src/topology';
import type { RunningNetwork, Session } from './session';
import { credentialsOf, openSession } from './session';

/** Repository folder: commands and tests run there. */
const root = process.cwd();
const entry = path.join(root, 'network/test-chaincode/contract.cjs');

export const engines = ['embedded', 'fabric'] as const;
export type EngineName = (typeof engines)[number];

type Started = RunningNetwork & { deploy(): Promise<unknown>; stop(): Promise<void> };

/** One engine with three organisations and the test chaincode, and what behaviours ask of it. */
export class Stage {
  readonly a: string;
  readonly b: string;
  readonly c: string;
  private readonly sessions = new Map<string, Session>();

  private constructor(readonly network: Started) {
    [this.a, this.b, this.c] = network.topology.organisations.map(({ mspId }) => mspId) as [string, string, string];
  }

  static async start(engine: EngineName): Promise<Stage> {
    const all = loadTopology(path.join(root, 'network/consortium.yaml'));
    // One orderer: Raft then elects at once. Long batches would only make the comparison slow.
    const topology = {
      ...all,
      channel: { ...all.channel, batch: { ...all.channel.batch, timeoutMs: 100 } },
      organisations: all.organisations.slice(0, 3),
      ordererOrganisation: { ...all.ordererOrganisation, orderers: all.ordererOrganisation.orderers.slice(0, 1) },
    };
    const options = { topology, directory: mkdtempSync(path.join(os.tmpdir(), `conformance-${engine}-`)), ports: 'ephemeral' as const, chaincode: { entry, env: { CORE_CHAINCODE_LOGGING_LEVEL: 'ERROR' } } };
    const network = engine === 'fabric' ? await FabricNetwork.start(options) : await EmbeddedNetwork.start(options);
    const stage = new Stage(network);
    await network.deploy();
    await stage.settled();
    return stage;
  }

  async stop(): Promise<void> {
    for (const session of this.sessions.values()) session.close();
    await this.network.stop();
    rmSync(this.network.directory, { recursive: true, force: true });
  }

  session(mspId = this.a, user = 'maker'): Session {
    const id = `${mspId}/${user}`;
    const open = this.sessions.get(id) ?? openSession(this.network, credentialsOf(this.network, mspId, user));
    this.sessions.set(id, open);
    return open;
  }

  /** A session that `stop` closes. */
  keep(name: string, session: Session): Session {
    this.sessions.set(name, session);
    return session;
  }

  ledger(mspId = this.a): Contract {
    return this.session(mspId).contract('ledger');
  }

  private(mspId = this.a): Contract {
    return this.session(mspId).contract('private');
  }

  /** Endorses by these organisations, without ordering. */
  endorse(contract: Contract, name: string, args: readonly string[], endorsers: readonly string[] = [this.a, this.b], transientData?: ProposalOptions['transientData']): Promise<Transaction> {
    const proposal = contract.newProposal(name, { arguments: [...args], endorsingOrganizations: [...endorsers], ...(transientData === undefined ? {} : { transientData }) });
    return proposal.endorse();
  }

  /** Orders a transaction and waits until every peer has it; the validation code by name. */
  async commit(transaction: Transaction): Promise<string> {
    return this.outcome(await transaction.submit());
  }

  async outcome(commit: Commit): Promise<string> {
    const { code } = await commit.getStatus();
    await this.settled();
    return codeName(code);
  }

  async run(contract: Contract, name: string, args: readonly string[], endorsers?: readonly string[], transientData?: ProposalOptions['transientData']): Promise<string> {
    return this.commit(await this.endorse(contract, name, args, endorsers, transientData));
  }

  async height(mspId = this.a): Promise<number> {
    const bytes = await this.session(mspId).contract(undefined, 'qscc').evaluateTransaction('GetChainInfo', this.network.topology.channel.name);
    return common.BlockchainInfo.deserializeBinary(bytes).getHeight();
  }

  async block(number: number, mspId = this.a): Promise<common.Block> {
    return common.Block.deserializeBinary(await this.session(mspId).contract(undefined, 'qscc').evaluateTransaction('GetBlockByNumber', this.network.topology.channel.name, String(number)));
  }

  /** Resolves when all peers have at least this many blocks. */
  async reached(height: number): Promise<void> {
    while ((await this.height()) < height);
    await this.settled();
  }

  /** Resolves when all peers have the same height. */
  async settled(): Promise<void> {
    for (;;) {
      const heights = await Promise.all([this.a, this.b, this.c].map((mspId) => this.height(mspId)));
      if (new Set(heights).size === 1) return;
    }
  }
}

export function codeName(code: number): string {
  return Object.entries(peer.TxValidationCode).find(([, value]) => value === code)?.[0] ?? String(code);
}

/** What a call gives: its value, or its error as code, text and details. */
export async function attempt(call: () => Promise<unknown>): Promise<unknown> {
  try {
    const value = await call();
    return value instanceof Uint8Array ? Buffer.from(value).toString() : value;
  } catch (error) {
    return errorOf(error);
  }
}

function errorOf(error: unknown): unknown {
  if (!(error instanceof GatewayError)) return { threw: error instanceof Error ? error.message : String(error) };
  const details = error.details.map(({ mspId, message }) => `${mspId}: ${message}`).sort();
  return { error: error.constructor.name, code: grpc[error.code], text: error.cause.message, ...(details.length > 0 && { details }) };
}

/** The endorsed transaction inside a client's transaction, to look at or to bend; `bend` gets the parts and the envelope is made of them again. */
export function bend(transaction: Transaction, change: (parts: { action: peer.ChaincodeEndorsedAction; header: common.Header }) => void): Uint8Array {
  const prepared = gatewayProtos.PreparedTransaction.deserializeBinary(transaction.getBytes());
  const envelope = prepared.getEnvelope() ?? new common.Envelope();
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const content = peer.Transaction.deserializeBinary(payload.getData_asU8());
  const [first] = content.getActionsList();
  const actionPayload = peer.ChaincodeActionPayload.deserializeBinary(first?.getPayload_asU8() ?? new Uint8Array());
  const action = actionPayload.getAction() ?? new peer.ChaincodeEndorsedAction();
  const header = payload.getHeader() ?? new common.Header();
  change({ action, header });
  actionPayload.setAction(action);
  first?.setPayload(actionPayload.serializeBinary());
  payload.setHeader(header);
  payload.setData(content.serializeBinary());
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(new Uint8Array());
  prepared.setEnvelope(envelope);
  return prepared.serializeBinary();
}

export const sha256 = (...parts: readonly Uint8Array[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** Takes out what differs between any two networks: transaction ids and other hashes, ports, times. */
export function mask(observation: unknown): string {
  return JSON.stringify(observation, (_, value: unknown) => (typeof value === 'string' ? maskText(value) : value)) ?? 'undefined';
}

function maskText(value: string): string {
  return value
    .replace(/\b[0-9a-f]{100,}\b/g, '<bytes>')
    .replace(/\b[0-9a-f]{64}\b/g, '<hash>')
    .replace(/\b(localhost|127\.0\.0\.1):\d+/g, '<address>')
    .replace(/\b\d+\.\d+s\b/g, '<seconds>')
    .replace(/\d{4}-\d\d-\d\d[T ][0-9:.]+Z?( [+-]\d{4} UTC)?/g, '<time>');
}
