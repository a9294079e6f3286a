import { createHash, createPrivateKey, randomBytes } from 'node:crypto';
import { common, ledger, msp, peer } from '@hyperledger/fabric-protos';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import { messageSigner } from '../../client/src/transport/message-signer';
import { headerDer } from '../../client/src/evidence/block';
import type { TrustedRoots } from '../../client/src';
import { canonicalJson, fieldRoot, publicKeyOf, sealRecord, showFields } from '../../model/src';
import type { DisclosurePack } from '../../model/src';
import { CertificateAuthority } from '../../network/src/pki/authority';
import type { KeyPair } from '../../network/src/pki/authority';

/** Someone who signs, in the name of an organisation. */
export interface Identity extends KeyPair {
  readonly mspId: string;
}

/** The people of a consortium of two members, and a stranger. */
export interface Cast {
  readonly roots: TrustedRoots;
  readonly brandPeer: Identity;
  readonly farmPeer: Identity;
  readonly farmUser: Identity;
  readonly orderer: Identity;
  /** Of an authority that nobody trusts, in the name of the brand. */
  readonly impostor: Identity;
  /** The brand's authority itself. */
  readonly brandAuthority: Identity;
}

export async function assemble(): Promise<Cast> {
  const [brand, farm, ordering, stranger] = await Promise.all(['Brand', 'Farm', 'Ordering', 'Stranger'].map((name) => CertificateAuthority.create(`ca.${name}`, name))) as [CertificateAuthority, CertificateAuthority, CertificateAuthority, CertificateAuthority];
  const issue = async (authority: CertificateAuthority, mspId: string, unit: string): Promise<Identity> => ({ mspId, ...(await authority.issue({ commonName: `${unit} of ${mspId}`, organisation: mspId, unit })) });
  const trusted = ({ pair }: CertificateAuthority, unit: string) => ({ certificates: [pair.certificate], unit });
  return {
    roots: { format: 'dualchain-roots', version: 1, members: { BrandMSP: trusted(brand, 'peer'), FarmMSP: trusted(farm, 'peer') }, orderers: { OrdererMSP: trusted(ordering, 'orderer') } },
    brandPeer: await issue(brand, 'BrandMSP', 'peer'),
    farmPeer: await issue(farm, 'FarmMSP', 'peer'),
    farmUser: await issue(farm, 'FarmMSP', 'client'),
    orderer: await issue(ordering, 'OrdererMSP', 'orderer'),
    impostor: await issue(stranger, 'BrandMSP', 'peer'),
    brandAuthority: { mspId: 'BrandMSP', ...brand.pair },
  };
}

const record = sealRecord(new Uint8Array(32).fill(7), 'order', 'PO-1', { currency: 'CNY', total: '500', secret: 'nobody is shown this' });
const skeleton = { id: 'PO-1', obligor: 'BrandMSP', supplier: 'FarmMSP', state: 'issued', root: fieldRoot(record) };
const key = publicKeyOf({ type: 'order', attributes: ['PO-1'] });

/** What a forger may do otherwise than the ledger. */
export interface Forgery {
  readonly sender?: Identity;
  readonly endorsers?: readonly Identity[];
  readonly standers?: readonly Identity[];
  readonly orderers?: readonly Identity[];
  readonly at?: Date;
  readonly channel?: string;
  readonly standingChannel?: string;
  readonly writes?: readonly { readonly key: string; readonly value: object | undefined }[];
  readonly question?: string;
  readonly readKey?: string;
  readonly version?: readonly [number, number];
  readonly answer?: object;
  readonly transactionId?: string;
  readonly actions?: number;
  readonly type?: number;
  readonly chaincode?: string;
  /** Changes the answer after the proposal was hashed into it. */
  readonly otherProposal?: boolean;
  /** Puts the other valid s into signatures, which Fabric refuses. */
  readonly highS?: boolean;
  readonly appended?: Uint8Array;
}

/** A pack as the ledger would give it, with these things otherwise and everything signed again by those named. */
export async function forge(cast: Cast, forgery: Forgery = {}): Promise<DisclosurePack> {
  const { sender = cast.farmUser, endorsers = [cast.brandPeer, cast.farmPeer], standers = endorsers, orderers = [cast.orderer], at = new Date(), channel = 'dualchain', actions = 1, chaincode = 'dualchain' } = forgery;
  const { writes = [{ key, value: skeleton }], version = [5, 0], question = 'consortium:publicObject', readKey = key, highS = false } = forgery;
  const sign = (identity: Identity, message: Uint8Array) => signed(identity, message, highS);
  const call = headersOf({ sender, at, channel, type: forgery.type ?? common.HeaderType.ENDORSER_TRANSACTION, ...(forgery.transactionId !== undefined && { transactionId: forgery.transactionId }) });
  const proposal = proposalOf(['trade:acceptOrder', '{"orderId":"PO-1"}']);
  const response = responseOf({ ...call, proposal: forgery.otherProposal === true ? proposalOf(['trade:refuseOrder']) : proposal }, chaincode, writeSet(chaincode, writes), {});
  const transaction = new peer.Transaction();
  for (let action = 0; action < actions; action += 1) transaction.addActions(await actionOf(call.signatureHeader, proposal, response, endorsers, sign));
  const payload = new common.Payload();
  const header = new common.Header();
  header.setChannelHeader(call.channelHeader);
  header.setSignatureHeader(call.signatureHeader);
  payload.setHeader(header);
  payload.setData(transaction.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(await sign(sender, payload.serializeBinary()));
  const bytes = Buffer.concat([envelope.serializeBinary(), forgery.appended ?? new Uint8Array()]);

  const previousHash = new Uint8Array(32).fill(9);
  const der = headerDer({ number: 5n, previousHash, dataHash: sha256(bytes) });
  const metadata = new common.Metadata();
  for (const orderer of orderers) {
    const signature = new common.MetadataSignature();
    const { signatureHeader } = headersOf({ sender: orderer, at, channel });
    signature.setSignatureHeader(signatureHeader);
    signature.setSignature(await sign(orderer, Buffer.concat([signatureHeader, der])));
    metadata.addSignatures(signature);
  }

  const asked = headersOf({ sender, at, channel: forgery.standingChannel ?? channel });
  const askedProposal = proposalOf([question, canonicalJson({ type: 'order', attributes: ['PO-1'] })]);
  const answer = forgery.answer ?? { type: 'order', attributes: ['PO-1'], hash: sha256(Buffer.from(canonicalJson(skeleton))).toString('hex') };
  const answered = responseOf({ ...asked, proposal: askedProposal }, chaincode, readSet(chaincode, readKey, version), answer);
  const base64 = (data: Uint8Array) => Buffer.from(data).toString('base64');
  return {
    format: 'dualchain-disclosure',
    version: 1,
    subject: showFields(record, ['currency', 'total']),
    transaction: base64(bytes),
    block: { number: '5', previousHash: Buffer.from(previousHash).toString('hex'), signatures: base64(metadata.serializeBinary()), before: [], after: [] },
    standing: {
      channelHeader: base64(asked.channelHeader),
      signatureHeader: base64(asked.signatureHeader),
      proposal: base64(askedProposal),
      response: base64(answered),
      endorsements: await Promise.all(standers.map(async (stander) => ({ endorser: base64(identityOf(stander)), signature: base64(await sign(stander, Buffer.concat([answered, identityOf(stander)]))) }))),
    },
  };
}

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

async function signed({ privateKey }: Identity, message: Uint8Array, highS: boolean): Promise<Uint8Array> {
  const low = await messageSigner(createPrivateKey(privateKey))(message);
  if (!highS) return low;
  const { p256 } = await import('@noble/curves/nist');
  const { r, s } = p256.Signature.fromBytes(low, 'der');
  return new p256.Signature(r, ORDER - s).toBytes('der');
}

function identityOf({ mspId, certificate }: Identity): Uint8Array {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(mspId);
  identity.setIdBytes(Buffer.from(certificate));
  return identity.serializeBinary();
}

function headersOf({ sender, at, channel, type = common.HeaderType.ENDORSER_TRANSACTION, transactionId }: { readonly sender: Identity; readonly at: Date; readonly channel: string; readonly type?: number; readonly transactionId?: string }): { readonly channelHeader: Uint8Array; readonly signatureHeader: Uint8Array } {
  const nonce = randomBytes(24);
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(identityOf(sender));
  signatureHeader.setNonce(nonce);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(type);
  channelHeader.setChannelId(channel);
  channelHeader.setTxId(transactionId ?? sha256(nonce, identityOf(sender)).toString('hex'));
  channelHeader.setTimestamp(Timestamp.fromDate(at));
  return { channelHeader: channelHeader.serializeBinary(), signatureHeader: signatureHeader.serializeBinary() };
}

function proposalOf(args: readonly string[]): Uint8Array {
  const input = new peer.ChaincodeInput();
  input.setArgsList(args.map((argument) => Buffer.from(argument)));
  const spec = new peer.ChaincodeSpec();
  spec.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const proposal = new peer.ChaincodeProposalPayload();
  proposal.setInput(invocation.serializeBinary());
  return proposal.serializeBinary();
}

function responseOf({ channelHeader, signatureHeader, proposal }: { readonly channelHeader: Uint8Array; readonly signatureHeader: Uint8Array; readonly proposal: Uint8Array }, chaincode: string, results: Uint8Array, answer: object): Uint8Array {
  const id = new peer.ChaincodeID();
  id.setName(chaincode);
  const response = new peer.Response();
  response.setStatus(200);
  response.setPayload(Buffer.from(canonicalJson(answer)));
  const action = new peer.ChaincodeAction();
  action.setChaincodeId(id);
  action.setResults(results);
  action.setResponse(response);
  const payload = new peer.ProposalResponsePayload();
  payload.setProposalHash(sha256(channelHeader, signatureHeader, proposal));
  payload.setExtension$(action.serializeBinary());
  return payload.serializeBinary();
}

async function actionOf(header: Uint8Array, proposal: Uint8Array, response: Uint8Array, endorsers: readonly Identity[], sign: (identity: Identity, message: Uint8Array) => Promise<Uint8Array>): Promise<peer.TransactionAction> {
  const endorsed = new peer.ChaincodeEndorsedAction();
  endorsed.setProposalResponsePayload(response);
  for (const endorser of endorsers) {
    const endorsement = new peer.Endorsement();
    endorsement.setEndorser(identityOf(endorser));
    endorsement.setSignature(await sign(endorser, Buffer.concat([response, identityOf(endorser)])));
    endorsed.addEndorsements(endorsement);
  }
  const payload = new peer.ChaincodeActionPayload();
  payload.setChaincodeProposalPayload(proposal);
  payload.setAction(endorsed);
  const action = new peer.TransactionAction();
  action.setHeader(header);
  action.setPayload(payload.serializeBinary());
  return action;
}

function writeSet(namespace: string, writes: readonly { readonly key: string; readonly value: object | undefined }[]): Uint8Array {
  const set = new ledger.rwset.kvrwset.KVRWSet();
  for (const { key: written, value } of writes) {
    const write = new ledger.rwset.kvrwset.KVWrite();
    write.setKey(written);
    if (value === undefined) write.setIsDelete(true);
    else write.setValue(Buffer.from(canonicalJson(value)));
    set.addWrites(write);
  }
  return inNamespace(namespace, set);
}

function readSet(namespace: string, readKey: string, [block, index]: readonly [number, number]): Uint8Array {
  const version = new ledger.rwset.kvrwset.Version();
  version.setBlockNum(block);
  version.setTxNum(index);
  const read = new ledger.rwset.kvrwset.KVRead();
  read.setKey(readKey);
  read.setVersion(version);
  const set = new ledger.rwset.kvrwset.KVRWSet();
  set.addReads(read);
  return inNamespace(namespace, set);
}

function inNamespace(namespace: string, set: ledger.rwset.kvrwset.KVRWSet): Uint8Array {
  const named = new ledger.rwset.NsReadWriteSet();
  named.setNamespace(namespace);
  named.setRwset(set.serializeBinary());
  const all = new ledger.rwset.TxReadWriteSet();
  all.addNsRwset(named);
  return all.serializeBinary();
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
