import { randomBytes } from 'node:crypto';
import { common, gateway as gatewayProtos, peer } from '@hyperledger/fabric-protos';
import { NetworkError } from '../errors';
import type { Topology } from '../topology/types';
import type { PeerLedger, SigningIdentity } from './interfaces';
import type { EmbeddedPeer } from './peer';
import { expandMembers, parsePolicy } from './policy';
import { timestampOf, transactionId, utf8 } from './protos';
import { lookupDefinition } from './syscc';

const { lifecycle } = peer;

export interface Deployment {
  readonly topology: Topology;
  readonly peers: readonly EmbeddedPeer[];
  /** By MSP id. */
  readonly packageIds: Readonly<Record<string, string>>;
  readonly admin: (mspId: string) => SigningIdentity;
  /** Ends the wait for transactions. */
  readonly signal: AbortSignal;
}

/**
 * Approves the chaincode definition by every organisation, then commits it, by real lifecycle transactions. Nothing
 * happens if that definition is committed already. Throws DEPLOY_FAILED, NOT_RUNNING.
 */
export async function deployDefinition(deployment: Deployment): Promise<void> {
  const { topology, peers, packageIds } = deployment;
  const { name, sequence } = topology.chaincode;
  const isCommitted = (each: EmbeddedPeer) => (lookupDefinition((key) => each.ledger.getState('_lifecycle', key)?.value, name)?.sequence ?? 0) >= sequence;
  if (peers.every(isCommitted)) return;
  const members = topology.organisations.map((organisation) => organisation.mspId);
  await Promise.all(
    members.map(async (mspId) => {
      const args = define(new lifecycle.ApproveChaincodeDefinitionForMyOrgArgs(), topology);
      const local = new lifecycle.ChaincodeSource.Local();
      local.setPackageId(packageIds[mspId] ?? '');
      const source = new lifecycle.ChaincodeSource();
      source.setLocalPackage(local);
      args.setSource(source);
      await invoke(deployment, mspId, 'ApproveChaincodeDefinitionForMyOrg', args.serializeBinary(), [mspId]);
    }),
  );
  const [proposer] = members;
  if (proposer !== undefined) await invoke(deployment, proposer, 'CommitChaincodeDefinition', define(new lifecycle.CommitChaincodeDefinitionArgs(), topology).serializeBinary(), members);
}

/** What approvals and the commit say alike. */
function define<Args extends peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs | peer.lifecycle.CommitChaincodeDefinitionArgs>(args: Args, { chaincode, organisations }: Topology): Args {
  const policy = new peer.ApplicationPolicy();
  policy.setSignaturePolicy(parsePolicy(expandMembers(chaincode.endorsementPolicy, organisations.map((organisation) => organisation.mspId))));
  args.setName(chaincode.name);
  args.setVersion(chaincode.version);
  args.setSequence(chaincode.sequence);
  args.setValidationParameter(policy.serializeBinary());
  args.setEndorsementPlugin('escc');
  args.setValidationPlugin('vscc');
  return args;
}

/** One lifecycle transaction of an organisation's admin; resolves when every running peer has committed it. */
async function invoke({ topology, peers, admin, signal }: Deployment, mspId: string, name: string, argument: Uint8Array, organisations: readonly string[]): Promise<void> {
  const failed = (reason: string, details: Readonly<Record<string, unknown>>, cause?: unknown) => new NetworkError('DEPLOY_FAILED', `${name} of ${mspId} failed: ${reason}`, { mspId, step: name, ...details }, { cause });
  const own = peers.find((each) => each.mspId === mspId);
  if (own === undefined) throw failed('the organisation has no peer', {});
  const identity = admin(mspId);
  const { signed, txId } = propose(topology.channel.name, identity, '_lifecycle', [utf8(name), argument]);
  const request = new gatewayProtos.EndorseRequest();
  request.setProposedTransaction(signed);
  request.setEndorsingOrganizationsList([...organisations]);
  const submit = new gatewayProtos.SubmitRequest();
  submit.setChannelId(topology.channel.name);
  try {
    const envelope = (await own.gateway.endorse(request)).getPreparedTransaction();
    envelope?.setSignature(identity.sign(envelope.getPayload_asU8()));
    submit.setPreparedTransaction(envelope);
    own.gateway.submit(submit);
  } catch (cause) {
    throw failed(cause instanceof Error ? cause.message : String(cause), {}, cause);
  }
  const codes = await Promise.all(peers.filter((each) => each.isRunning()).map(({ ledger }) => outcome(ledger, txId, signal)));
  const code = codes.find((each) => each !== 0);
  if (code !== undefined) throw failed(`the transaction is invalid (validation code ${code})`, { code });
}

/** The validation code of a transaction, once the ledger has it. */
function outcome(ledger: PeerLedger, txId: string, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      unsubscribe();
      signal.removeEventListener('abort', ended);
      settle();
    };
    const ended = () => finish(() => reject(new NetworkError('NOT_RUNNING', 'The network was stopped while the chaincode was being deployed.')));
    const look = () => {
      const found = ledger.findTransaction(txId);
      if (found !== undefined) finish(() => resolve(found.code));
    };
    const unsubscribe = ledger.onCommit(look);
    signal.addEventListener('abort', ended);
    if (signal.aborted) ended();
    else look();
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
