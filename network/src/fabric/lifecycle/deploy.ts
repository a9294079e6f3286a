import { peer } from '@hyperledger/fabric-protos';
import { equalBytes } from '../../embedded/protos';
import { NetworkError } from '../../errors';
import type { Topology } from '../../topology/types';
import { waitFor } from '../processes';
import type { SupervisedProcess } from '../processes';
import type { Definition } from './definition';
import { lifecycle, policyOf } from './definition';
import type { ChaincodePackage } from './package';
import type { PeerClient } from './peer-client';

const NOT_DEFINED = 404;
const SETTLE_MS = 60_000;

/** One organisation in a deployment: its peers and the package it approves. */
export interface Party {
  readonly mspId: string;
  readonly peers: readonly PeerClient[];
  readonly package: ChaincodePackage;
}

export interface Deployment {
  readonly topology: Topology;
  readonly parties: readonly Party[];
  readonly onProgress: (line: string) => void;
}

/**
 * Brings the chaincode's definition to what the topology describes: installed on every peer, approved by every
 * organisation, committed. What is done already is left alone; a changed program is approved again at the committed
 * sequence. Returns the sequence. Throws DEPLOY_FAILED, and TIMEOUT if a peer does not learn of the approvals.
 */
export async function define({ topology, parties, onProgress }: Deployment): Promise<number> {
  const channel = topology.channel.name;
  const { chaincode } = topology;
  const peers = parties.flatMap((party) => party.peers);
  const first = parties[0]?.peers[0];
  if (first === undefined) throw new NetworkError('DEPLOY_FAILED', 'The topology has no peers to deploy to.');

  await Promise.all(parties.flatMap((party) => party.peers.map((member) => install(member, party.package))));
  onProgress(`chaincode ${chaincode.name} installed on ${peers.length} peers`);

  const committed = await queryDefinition(first, topology);
  const definition: Definition = { chaincode, sequence: targetSequence(topology, committed), policy: policyOf(topology) };
  await Promise.all(parties.map((party) => approve(party, channel, definition, committed !== undefined && committed.getSequence() >= definition.sequence)));
  onProgress(`definition ${chaincode.version}, sequence ${definition.sequence}, approved by ${parties.length} organisations`);

  if (committed === undefined || committed.getSequence() < definition.sequence) {
    const endorsers = parties.flatMap((party) => party.peers.slice(0, 1));
    // An approval was waited for at the peer of who gave it; the others commit it when they do, and endorse alike only then.
    await Promise.all(endorsers.map((member) => waitFor(() => requireReadiness(member, channel, definition), { what: `Readiness of ${member.name} to commit the definition`, timeoutMs: SETTLE_MS, processes: [], everyMs: 100 })));
    await first.submit(lifecycle.commit(channel, definition), endorsers);
    onProgress(`definition committed`);
  }
  return definition.sequence;
}

/**
 * Resolves when the chaincode answers on every peer and then, from all organisations, through every peer's gateway.
 * Throws TIMEOUT, or NODE_FAILED if one of the processes dies meanwhile.
 */
export async function verify({ topology, parties, onProgress }: Deployment, processes: readonly SupervisedProcess[]): Promise<void> {
  const { chaincode, channel } = topology;
  const peers = parties.flatMap((party) => party.peers);
  const mspIds = parties.map((party) => party.mspId);
  const question = { channel: channel.name, chaincode: chaincode.name, args: ['org.hyperledger.fabric:GetMetadata'] };
  const settled = (what: string, ask: (member: PeerClient) => Promise<true | undefined>) => Promise.all(peers.map((member) => waitFor(() => ask(member), { what: `${what} of ${member.name}`, timeoutMs: SETTLE_MS, processes, everyMs: 100 })));
  await settled(`An answer of chaincode ${chaincode.name} by way`, (member) => answers(member, question));
  await settled('Discovery of all organisations by the gateway', async (member) => ((await member.reaches(question, mspIds)) ? true : undefined));
  onProgress(`chaincode ${chaincode.name} answers on ${peers.length} peers`);
}

async function install(member: PeerClient, chaincode: ChaincodePackage): Promise<void> {
  const installed = peer.lifecycle.QueryInstalledChaincodesResult.deserializeBinary(await member.query(lifecycle.queryInstalled()));
  if (installed.getInstalledChaincodesList().some((entry) => entry.getPackageId() === chaincode.id)) return;
  const result = peer.lifecycle.InstallChaincodeResult.deserializeBinary(await member.query(lifecycle.install(chaincode.bytes)));
  if (result.getPackageId() !== chaincode.id) throw new NetworkError('DEPLOY_FAILED', `${member.name} gave the package the id ${result.getPackageId()} instead of ${chaincode.id}.`, { peer: member.name });
}

/** What is committed under the chaincode's name; undefined if nothing is. */
async function queryDefinition(member: PeerClient, topology: Topology): Promise<peer.lifecycle.QueryChaincodeDefinitionResult | undefined> {
  const response = await member.ask(lifecycle.queryDefinition(topology.channel.name, topology.chaincode.name));
  if (response.getStatus() === NOT_DEFINED) return undefined;
  if (response.getStatus() !== 200) throw new NetworkError('DEPLOY_FAILED', `${member.name} does not say what is deployed: ${response.getMessage()}.`, { peer: member.name });
  return peer.lifecycle.QueryChaincodeDefinitionResult.deserializeBinary(response.getPayload_asU8());
}

function targetSequence(topology: Topology, committed: peer.lifecycle.QueryChaincodeDefinitionResult | undefined): number {
  const { chaincode } = topology;
  if (committed === undefined) {
    if (chaincode.sequence !== 1) throw new NetworkError('DEPLOY_FAILED', `The first definition of ${chaincode.name} on channel ${topology.channel.name} must have sequence 1, not ${chaincode.sequence}. Set chaincode.sequence: 1 in the topology.`, { sequence: chaincode.sequence });
    return 1;
  }
  const current = committed.getSequence();
  const same = committed.getVersion() === chaincode.version && equalBytes(committed.getValidationParameter_asU8(), policyOf(topology));
  if (chaincode.sequence <= current && same) return current;
  if (chaincode.sequence === current + 1) return chaincode.sequence;
  throw new NetworkError('DEPLOY_FAILED', `${chaincode.name} is committed at sequence ${current}${same ? '' : ' with another version or policy'}. Set chaincode.sequence: ${current + 1} in the topology to upgrade it.`, { committed: current, wanted: chaincode.sequence });
}

async function approve(party: Party, channel: string, definition: Definition, committed: boolean): Promise<void> {
  const [own] = party.peers;
  if (own === undefined) return;
  const approved = await own.ask(lifecycle.queryApproved(channel, definition.chaincode.name, definition.sequence));
  if (approved.getStatus() === 200) {
    const result = peer.lifecycle.QueryApprovedChaincodeDefinitionResult.deserializeBinary(approved.getPayload_asU8());
    const samePackage = result.getSource()?.getLocalPackage()?.getPackageId() === party.package.id;
    const sameTerms = result.getVersion() === definition.chaincode.version && equalBytes(result.getValidationParameter_asU8(), definition.policy);
    if (samePackage && (committed || sameTerms)) return;
  }
  await own.submit(lifecycle.approve(channel, definition, party.package.id), [own]);
}

async function requireReadiness(member: PeerClient, channel: string, definition: Definition): Promise<true> {
  const result = peer.lifecycle.CheckCommitReadinessResult.deserializeBinary(await member.query(lifecycle.checkCommitReadiness(channel, definition)));
  const waiting = result
    .getApprovalsMap()
    .toObject(false)
    .filter(([, approved]) => !approved)
    .map(([mspId]) => mspId);
  if (waiting.length > 0) throw new NetworkError('DEPLOY_FAILED', `${definition.chaincode.name} cannot be committed: not approved by ${waiting.join(', ')}.`, { waiting });
  return true;
}

/** True if the chaincode itself answered; a refusal counts (not every chaincode has the metadata function). */
async function answers(member: PeerClient, question: { channel: string; chaincode: string; args: readonly string[] }): Promise<true | undefined> {
  const response = await member.ask(question);
  const status = response.getStatus();
  const fromPeer = /make sure the chaincode|could not launch|failed to execute|error in simulation|is not installed/.test(response.getMessage());
  if (status < 400 || !fromPeer) return true;
  throw new NetworkError('DEPLOY_FAILED', response.getMessage(), { peer: member.name });
}
