import { digest, fromBase64, fromHex, nameOf, proveFields, publicKeyOf, splitKey, standingPlace, toHex } from '@dualchain/model/disclosure';
import type { DisclosurePack, PublicName, ShownRecord } from '@dualchain/model/disclosure';
import { blockSignatures, headerDer, rewriteMetadata } from '../../evidence/block';
import type { Signed } from '../../evidence/block';
import { concat, equalBytes } from '../../evidence/bytes';
import { publicReads, publicWrites } from '../../evidence/read-write-set';
import type { KeyWrite } from '../../evidence/read-write-set';
import { argumentsOf, endorsedActions, endorsementSignatures, openEnvelope, openHeaders, openResponse, proposalParts, rewriteEnvelope } from '../../evidence/transaction';
import type { Endorsed, Headers, OpenedHeaders } from '../../evidence/transaction';
import type { Capacity, Signer, TrustedIdentities } from './identities';

/** A check that failed, with the reason for people. */
export class CheckFailure extends Error {
  override readonly name = 'CheckFailure';
}

export interface Rules {
  readonly identities: TrustedIdentities;
  readonly chaincode: string;
  readonly channel: string | undefined;
  /** Organisations whose peers must have endorsed, at least. */
  readonly endorsers: number;
  readonly blockHash: string | undefined;
  readonly challenge: string | undefined;
  readonly now: Date | undefined;
}

/** The verb that peers answer with the hash of a public object. */
const QUESTION = 'consortium:publicObject';

/** Clocks may differ by so many milliseconds. */
const CLOCK_DIFFERENCE = 5 * 60_000;

/** The shown fields, and the public object that they lead to. */
export function checkSubject({ subject }: DisclosurePack): { readonly record: ShownRecord | undefined; readonly object: PublicName } {
  if (subject.kind === 'public') {
    const object = splitKey(publicKeyOf(subject));
    if (object === undefined) fail('the name of the object is none');
    return { record: undefined, object };
  }
  const record = proveFields(subject);
  if (typeof record === 'string') fail(record);
  const object = standingPlace(record.type, record.id);
  if (object === undefined) fail(`records such as ${record.type}:${record.id} have no root on the channel`);
  return { record, object };
}

export interface CheckedTransaction {
  readonly bytes: Uint8Array;
  readonly headers: OpenedHeaders & Headers;
  readonly at: Date;
  readonly sender: Signer;
  readonly action: Endorsed;
}

/** The envelope: of the right channel, sent and signed by a member, with the id that follows from its sender. */
export function checkTransaction({ transaction }: DisclosurePack, rules: Rules): CheckedTransaction {
  const bytes = bytesOf(transaction);
  if (!equalBytes(rewriteEnvelope(bytes), bytes)) fail('the envelope holds more than a payload and a signature');
  const { channelHeader, signatureHeader, headers, sender: signed, data } = openEnvelope(bytes);
  const at = checkHeaders(headers, rules);
  const sender = signerOf(signed, 'member', at, rules);
  const [action, ...others] = endorsedActions(data);
  if (action === undefined || others.length > 0) fail('it is no call of one function');
  return { bytes, headers: { ...headers, channelHeader, signatureHeader }, at, sender, action };
}

function checkHeaders(headers: OpenedHeaders, { channel, now }: Rules): Date {
  if (headers.kind !== 'transaction') fail('it is no call of a chaincode');
  if (channel !== undefined && headers.channel !== channel) fail(`it is of the channel "${headers.channel}", not of "${channel}"`);
  if (toHex(digest(headers.nonce, headers.creator)) !== headers.transactionId) fail('the transaction id is not made of the nonce and the sender');
  if (headers.at === undefined) fail('it says no time');
  if (now !== undefined && headers.at.getTime() > now.getTime() + CLOCK_DIFFERENCE) fail(`it says that it was sent at ${headers.at.toISOString()}, which is still to come`);
  return headers.at;
}

/** Organisations whose peers answered this question with this answer. */
export function checkEndorsements(headers: Headers, action: Endorsed, at: Date, rules: Rules): string[] {
  const { proposalHash, chaincode } = openResponse(action);
  if (!equalBytes(digest(...proposalParts(headers, action)), proposalHash)) fail('the endorsers endorsed another proposal');
  if (chaincode !== rules.chaincode) fail(`it is of the chaincode "${chaincode}", not of "${rules.chaincode}"`);
  const organisations = [...new Set(endorsementSignatures(action).map((signed) => signerOf(signed, 'peer', at, rules).mspId))].sort();
  if (organisations.length < rules.endorsers) fail(`peers of ${organisations.length} organisation${organisations.length === 1 ? '' : 's'} signed (${organisations.join(', ')}), not of ${rules.endorsers} as you ask`);
  return organisations;
}

export interface CheckedObject {
  readonly value: Readonly<Record<string, unknown>>;
  readonly bytes: Uint8Array;
  readonly alsoWrote: readonly string[];
}

/** The object in what the transaction wrote, with the root of the record on it. */
export function checkObject(object: PublicName, record: ShownRecord | undefined, action: Endorsed, { chaincode }: Rules): CheckedObject {
  const key = publicKeyOf(object);
  const writes = publicWrites(openResponse(action).results).filter(({ namespace }) => namespace === chaincode);
  const written = writes.filter((write) => write.key === key);
  const [write] = written;
  if (write === undefined || written.length > 1) fail(`the transaction did not write ${nameOf(object.type, object.attributes)}`);
  if (write.isDelete) fail(`the transaction deleted ${nameOf(object.type, object.attributes)}`);
  const value = jsonOf(write.value);
  if (record !== undefined && value['root'] !== record.root) fail(`the fields shown have another Merkle root than the one that stands on ${nameOf(object.type, object.attributes)}`);
  return { value, bytes: write.value, alsoWrote: writes.filter((other) => other !== write).flatMap(readableName) };
}

/** Its place in the block, and the hash of the block. */
export function checkBlock({ block }: DisclosurePack, { bytes }: CheckedTransaction, { blockHash }: Rules): { readonly number: string; readonly index: number; readonly hash: string; readonly header: Uint8Array; readonly others: number } | undefined {
  if (block === undefined) {
    if (blockHash !== undefined) fail('the pack was made without the block of which you gave the hash');
    return undefined;
  }
  const [before, after] = [block.before.map(bytesOf), block.after.map(bytesOf)];
  const header = headerDer({ number: BigInt(block.number), previousHash: fromHex(block.previousHash) ?? new Uint8Array(), dataHash: digest(...before, bytes, ...after) });
  return { number: block.number, index: before.length, hash: toHex(digest(header)), header, others: before.length + after.length };
}

/** The ordering service's signatures over the header, or the hash that the verifier knows. Answers the ordering organisations. */
export function checkOrdering({ block }: DisclosurePack, checked: { readonly hash: string; readonly header: Uint8Array }, at: Date, rules: Rules): string[] {
  if (block === undefined) return [];
  const { identities, blockHash } = rules;
  if (blockHash !== undefined && blockHash !== checked.hash) fail(`the block has the hash ${checked.hash}, not the one that you gave`);
  if (!identities.knowsOrderers) {
    if (blockHash === undefined) fail('you trust no ordering organisation and gave no hash of the block: nothing says that this is a block of the channel');
    return [];
  }
  const metadata = bytesOf(block.signatures);
  if (!equalBytes(rewriteMetadata(metadata), metadata)) fail('the metadata hold more than a value and signatures');
  const signatures = blockSignatures(metadata, checked.header);
  if (signatures.length === 0) fail('nobody signed the block');
  return [...new Set(signatures.map((signed) => signerOf(signed, 'orderer', at, rules).mspId))].sort();
}

export interface CheckedStanding {
  readonly by: readonly string[];
  readonly at: Date;
  readonly block: string;
  readonly index: number;
  readonly challenge: string | undefined;
}

/** What peers signed when the pack was made: the object has this value, and this transaction wrote it last. */
export function checkStanding({ standing }: DisclosurePack, object: PublicName, written: Uint8Array, rules: Rules): CheckedStanding {
  const headers = { channelHeader: bytesOf(standing.channelHeader), signatureHeader: bytesOf(standing.signatureHeader) };
  const action: Endorsed = { proposal: bytesOf(standing.proposal), response: bytesOf(standing.response), endorsements: standing.endorsements.map(({ endorser, signature }) => ({ endorser: bytesOf(endorser), signature: bytesOf(signature) })) };
  const at = checkHeaders(openHeaders(headers), rules);
  const by = checkEndorsements(headers, action, at, rules);
  if (verbOf(action) !== QUESTION) fail(`the peers were asked ${verbOf(action)}, not ${QUESTION}`);
  const { results, payload } = openResponse(action);
  const key = publicKeyOf(object);
  const version = publicReads(results).find((read) => read.namespace === rules.chaincode && read.key === key)?.version;
  if (version === undefined) fail(`the peers were not asked for ${nameOf(object.type, object.attributes)}`);
  const { hash, type, attributes } = jsonOf(payload);
  if (publicKeyOf({ type: object.type, attributes: Array.isArray(attributes) ? attributes.map(String) : [] }) !== key || type !== object.type) fail('the peers answered for another object');
  if (hash !== toHex(digest(written))) fail(`${nameOf(object.type, object.attributes)} had another value than the transaction wrote`);
  const challenge = jsonOf(argumentsOf(action)[1] ?? new Uint8Array())['challenge'];
  if (rules.challenge !== undefined && challenge !== rules.challenge) fail('the pack does not answer your challenge');
  return { by, at, block: version.block.toString(), index: version.index, challenge: typeof challenge === 'string' ? challenge : undefined };
}

/** Verb of the call, such as "certificate:acceptTransfer". */
export function verbOf(action: Endorsed): string {
  return new TextDecoder().decode(argumentsOf(action)[0] ?? new Uint8Array());
}

function signerOf(signed: Signed, capacity: Capacity, at: Date, { identities }: Rules): Signer {
  const signer = identities.signerOf(signed, capacity, at);
  if (typeof signer === 'string') fail(signer);
  return signer;
}

function readableName({ key }: KeyWrite): string[] {
  const name = splitKey(key);
  return name === undefined ? [] : [nameOf(name.type, name.attributes)];
}

function jsonOf(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  if (typeof parsed !== 'object' || parsed === null) fail('what stands there is no object');
  return parsed as Readonly<Record<string, unknown>>;
}

function bytesOf(base64: string): Uint8Array {
  return fromBase64(base64) ?? concat();
}

function fail(reason: string): never {
  throw new CheckFailure(reason);
}
