import { createHash, randomBytes } from 'node:crypto';
import { common, gateway as gatewayProtos, peer } from '@hyperledger/fabric-protos';
import { NetworkError } from '../errors';
import type { Topology } from '../topology/types';
import type { SigningIdentity } from './interfaces';
import type { EmbeddedPeer } from './peer';
import { expandMembers, parsePolicy } from './policy';
import { timestampOf, transactionId, utf8 } from './protos';
import { lookupDefinition } from './syscc';

const { lifecycle } = peer;

/** Approves the chaincode definition by every organisation, then commits it, by real lifecycle transactions. */
export async function deployDefinition(topology: Topology, peers: readonly EmbeddedPeer[], adminOf: (mspId: string) => SigningIdentity): Promise<Record<string, string>> {
  const { chaincode } = topology;
  const policy = new peer.ApplicationPolicy();
  policy.setSignaturePolicy(parsePolicy(expandMembers(chaincode.endorsementPolicy, topology.organisations.map((organisation) => organisation.mspId))));
  const policyBytes = policy.serializeBinary();
  const packageIds: Record<string, string> = {};
  await Promise.all(
    topology.organisations.map(async ({ mspId, peers: [node] }) => {
      const args = new lifecycle.ApproveChaincodeDefinitionForMyOrgArgs();
      args.setName(chaincode.name);
      args.setVersion(chaincode.version);
      args.setSequence(chaincode.sequence);
      args.setValidationParameter(policyBytes);
      args.setEndorsementPlugin('escc');
      args.setValidationPlugin('vscc');
      const packageId = `${chaincode.label}:${createHash('sha256').update(`${chaincode.label} 127.0.0.1:${node?.chaincodePort ?? 0}`).digest('hex')}`;
      packageIds[mspId] = packageId;
      const source = new lifecycle.ChaincodeSource();
      const local = new lifecycle.ChaincodeSource.Local();
      local.setPackageId(packageId);
      source.setLocalPackage(local);
      args.setSource(source);
      await invoke(topology, peers, adminOf(mspId), 'ApproveChaincodeDefinitionForMyOrg', args.serializeBinary(), [mspId]);
    }),
  );
  const [proposer] = topology.organisations;
  if (proposer === undefined) return packageIds;
  const args = new lifecycle.CommitChaincodeDefinitionArgs();
  args.setName(chaincode.name);
  args.setVersion(chaincode.version);
  args.setSequence(chaincode.sequence);
  args.setValidationParameter(policyBytes);
  args.setEndorsementPlugin('escc');
  args.setValidationPlugin('vscc');
  await invoke(topology, peers, adminOf(proposer.mspId), 'CommitChaincodeDefinition', args.serializeBinary(), topology.organisations.map((organisation) => organisation.mspId));
  await Promise.all(peers.map((each) => committed(each, chaincode.name, chaincode.sequence)));
  return packageIds;
}

async function invoke(topology: Topology, peers: readonly EmbeddedPeer[], identity: SigningIdentity, name: string, argument: Uint8Array, organisations: readonly string[]): Promise<void> {
  const own = peers.find((each) => each.mspId === identity.mspId);
  if (own === undefined) return;
  const { signed, txId } = propose(topology.channel.name, identity, '_lifecycle', [utf8(name), argument]);
  const request = new gatewayProtos.EndorseRequest();
  request.setProposedTransaction(signed);
  request.setEndorsingOrganizationsList([...organisations]);
  let envelope: common.Envelope | undefined;
  try {
    envelope = (await own.gateway.endorse(request)).getPreparedTransaction();
  } catch (cause) {
    throw new NetworkError('DEPLOY_FAILED', `${identity.mspId} could not run ${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { mspId: identity.mspId, step: name }, { cause });
  }
  if (envelope === undefined) return;
  envelope.setSignature(identity.sign(envelope.getPayload_asU8()));
  const submit = new gatewayProtos.SubmitRequest();
  submit.setPreparedTransaction(envelope);
  const outcome = new Promise<number>((resolve) => {
    const unsubscribe = own.ledger.onCommit(({ txIds, codes }) => {
      const index = txIds.indexOf(txId);
      if (index < 0) return;
      unsubscribe();
      resolve(codes[index] ?? 0);
    });
  });
  own.gateway.submit(submit);
  const code = await outcome;
  if (code !== 0) throw new NetworkError('DEPLOY_FAILED', `${name} of ${identity.mspId} was recorded as invalid (validation code ${code}).`, { mspId: identity.mspId, step: name, code });
}

function committed({ ledger }: EmbeddedPeer, chaincode: string, sequence: number): Promise<void> {
  const done = () => lookupDefinition((key) => ledger.getState('_lifecycle', key)?.value, chaincode)?.sequence === sequence;
  return new Promise((resolve) => {
    if (done()) return resolve();
    const unsubscribe = ledger.onCommit(() => {
      if (!done()) return;
      unsubscribe();
      resolve();
    });
  });
}

/** A signed proposal, as a client would send it. */
export function propose(channel: string, identity: SigningIdentity, chaincode: string, args: readonly Uint8Array[]): { signed: peer.SignedProposal; txId: string } {
  const nonce = new Uint8Array(randomBytes(24));
  const txId = transactionId(nonce, identity.serialized);
  const id = new peer.ChaincodeID();
  id.setName(chaincode);
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(id);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setTxId(txId);
  channelHeader.setTimestamp(timestampOf(new Date()));
  channelHeader.setChannelId(channel);
  channelHeader.setExtension$(extension.serializeBinary());
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(identity.serialized);
  signatureHeader.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const input = new peer.ChaincodeInput();
  input.setArgsList([...args]);
  const spec = new peer.ChaincodeSpec();
  spec.setChaincodeId(id);
  spec.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocation.serializeBinary());
  const proposal = new peer.Proposal();
  proposal.setHeader(header.serializeBinary());
  proposal.setPayload(payload.serializeBinary());
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposal.serializeBinary());
  signed.setSignature(identity.sign(signed.getProposalBytes_asU8()));
  return { signed, txId };
}
