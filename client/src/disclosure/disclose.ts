import { DualchainError, fieldNames, fieldRoot, nameOf, publicKeyOf, publicName, recordKey, showFields, standingPlace } from '@dualchain/model';
import type { DisclosurePack, PublicName, SealedRecord } from '@dualchain/model';
import { toBase64, toHex } from '@dualchain/model/disclosure';
import { common } from '@hyperledger/fabric-protos';
import { getSealedRecord } from '../consortium/get-sealed-record';
import { publicReads, publicWrites } from '../evidence/read-write-set';
import { endorsedActions, openEnvelope, openResponse } from '../evidence/transaction';
import type { CallOptions, Session } from '../session';
import { checkCallOptions, checkFields, invalidParameter } from '../submission/plan';
import { askPeers } from './standing';
import type { SignedAnswer } from './standing';
import { askSystemChaincode } from './system-chaincode';

export interface DiscloseParameters {
  /** Of a sealed record, such as "invoice" or "holding"; without fields, of a public object such as "event". */
  readonly type: string;
  /** Its id; parts of an id are separated by a slash. */
  readonly id: string;
  /** Fields of the sealed record that are shown; none: only that the record is there. Left out: the public object as a whole. */
  readonly fields?: readonly string[];
  /** MSP ids of organisations whose peers sign that it stands so; default: the own one, the parties, the authority. */
  readonly witnesses?: readonly string[];
  /** Show the whole block although transactions of others stand in it (default false: the pack then goes without it). */
  readonly wholeBlock?: boolean;
  /** A text of whoever will verify the pack, which proves to him that it was made afterwards. */
  readonly challenge?: string;
}

export interface Disclosure {
  readonly pack: DisclosurePack;
  /** Names of the fields of the sealed record. */
  readonly shown: readonly string[];
  readonly hidden: readonly string[];
  /** Other public objects that the transaction wrote: whoever has the pack sees them. */
  readonly alsoShown: readonly string[];
  /** Transactions in the block besides; the pack holds them only with `wholeBlock`. */
  readonly otherTransactions: number;
  /** MSP ids of the organisations whose peers signed that it stands so. */
  readonly witnesses: readonly string[];
}

interface Written {
  readonly block: common.Block;
  readonly index: number;
  readonly value: Readonly<Record<string, unknown>>;
  readonly others: readonly string[];
}

/** How often it is tried again when the object changes meanwhile. */
const ATTEMPTS = 5;

/**
 * Makes a pack that shows chosen fields of a sealed record of the own organisation, or a whole public object, to
 * someone outside, who verifies it with nothing but the consortium's root certificates. Nothing is written on the ledger.
 * Throws INVALID_INPUT (no such field or type), NOT_FOUND, NOT_GENUINE (the own record is not the one on the channel),
 * UNAVAILABLE, READ_CONFLICT (it keeps changing).
 */
export async function disclose(session: Session, parameters: DiscloseParameters, options: CallOptions = {}): Promise<Disclosure> {
  checkCallOptions(options);
  const { type, id, fields, witnesses, wholeBlock = false, challenge } = checked(parameters);
  const object = fields === undefined ? publicName(type, id) : standingPlace(type, id);
  if (object === undefined) throw new DualchainError('INVALID_INPUT', fields === undefined ? `There is no public object ${type}/${id}.` : `A sealed record such as ${recordKey(type, id)} has no root on the channel, so nothing of it can be proved to someone outside.`, { details: { type } });
  for (let attempt = 1; ; attempt += 1) {
    const record = fields === undefined ? undefined : await ownRecord(session, type, id, options);
    // The own peer alone first: what it answers says who the parties are.
    const written = await lastWritten(session, object, await askPeers(session, { type: object.type, attributes: [...object.attributes] }, [session.mspId], options), options);
    const by = witnesses ?? witnessesOf(session, written.value);
    const answer = await askPeers(session, { type: object.type, attributes: [...object.attributes], ...(challenge !== undefined && { challenge }) }, by, options);
    const place = versionOf(session, object, answer);
    const stands = record === undefined || written.value['root'] === fieldRoot(record);
    if (stands && place.block === blockNumber(written.block) && place.index === written.index) {
      const subject: DisclosurePack['subject'] = record === undefined ? { kind: 'public', type: object.type, attributes: [...object.attributes] } : showFields(record, fields ?? []);
      const names = record === undefined ? [] : fieldNames(record);
      const shown = names.filter((name) => fields?.includes(name) === true);
      const otherTransactions = envelopesOf(written.block).length - 1;
      return { pack: packOf(subject, written, answer, wholeBlock), shown, hidden: names.filter((name) => !shown.includes(name)), alsoShown: written.others, otherTransactions, witnesses: by };
    }
    if (attempt < ATTEMPTS) continue;
    if (stands) throw new DualchainError('READ_CONFLICT', `${nameOf(object.type, object.attributes)} keeps changing; try again.`);
    throw new DualchainError('NOT_GENUINE', `Your record ${recordKey(type, id)} is not the one whose root stands on ${nameOf(object.type, object.attributes)}: it was replaced, and you are no party to its successor.`, { details: { record: recordKey(type, id) } });
  }
}

function checked(parameters: DiscloseParameters): DiscloseParameters {
  const { type, id, fields, witnesses, wholeBlock, challenge } = checkFields(parameters, ['type', 'id', 'fields', 'witnesses', 'wholeBlock', 'challenge']);
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 1024;
  if (!isText(type)) throw invalidParameter('type', 'must be the type of a sealed record or public object such as "invoice"');
  if (!isText(id)) throw invalidParameter('id', 'must be an id');
  if (fields !== undefined && !(Array.isArray(fields) && fields.every(isText))) throw invalidParameter('fields', 'must be names of fields');
  if (witnesses !== undefined && !(Array.isArray(witnesses) && witnesses.length > 0 && witnesses.every(isText))) throw invalidParameter('witnesses', 'must be MSP ids');
  if (wholeBlock !== undefined && typeof wholeBlock !== 'boolean') throw invalidParameter('wholeBlock', 'must be true or false');
  if (challenge !== undefined && !isText(challenge)) throw invalidParameter('challenge', 'must be a text');
  return parameters;
}

async function ownRecord(session: Session, type: string, id: string, options: CallOptions): Promise<SealedRecord> {
  const record = await getSealedRecord(session, { type, id }, options);
  if (record === undefined) throw new DualchainError('NOT_FOUND', `Your organisation holds no sealed record ${recordKey(type, id)}. ${type === 'event' ? 'An event that the whole channel sees has no fields that could be shown one by one: leave the fields out to show it as a whole.' : 'Only who holds a record can show its fields.'}`, { details: { record: recordKey(type, id) } });
  return record;
}

/** The transaction that wrote the object last, by the version that a peer read. */
async function lastWritten(session: Session, object: PublicName, answer: SignedAnswer, options: CallOptions): Promise<Written> {
  const { block: number, index } = versionOf(session, object, answer);
  const block = common.Block.deserializeBinary(await askSystemChaincode(session, 'qscc', 'GetBlockByNumber', [number.toString()], options));
  const envelope = envelopesOf(block)[index] ?? new Uint8Array();
  const key = publicKeyOf(object);
  const [action] = endorsedActions(openEnvelope(envelope).data);
  const writes = action === undefined ? [] : publicWrites(openResponse(action).results).filter(({ namespace }) => namespace === session.chaincode);
  const write = writes.find((each) => each.key === key);
  if (write === undefined) throw new DualchainError('INTERNAL', `Block ${number} of your peer does not hold what it says about ${nameOf(object.type, object.attributes)}.`);
  return { block, index, value: JSON.parse(new TextDecoder().decode(write.value)) as Record<string, unknown>, others: writes.flatMap((each) => (each === write || !each.key.startsWith('\u0000') ? [] : [each.key.slice(1, -1).replaceAll('\u0000', '/')])) };
}

function versionOf({ chaincode }: Session, object: PublicName, answer: SignedAnswer): { readonly block: bigint; readonly index: number } {
  const key = publicKeyOf(object);
  const version = publicReads(openResponse(answer).results).find((read) => read.namespace === chaincode && read.key === key)?.version;
  if (version === undefined) throw new DualchainError('NOT_FOUND', `There is no ${nameOf(object.type, object.attributes)}.`, { details: { type: object.type } });
  return version;
}

/** The own organisation, the parties that the object names, the authority; never fewer than two if there are so many members. */
function witnessesOf({ mspId, members }: Session, value: Readonly<Record<string, unknown>>): string[] {
  const known = members.map((member) => member.mspId);
  const authorities = members.filter(({ roles }) => roles.includes('authority')).map((member) => member.mspId);
  const parties = Object.values(value).filter((each): each is string => typeof each === 'string' && known.includes(each));
  const chosen = new Set([mspId, ...parties, ...authorities]);
  for (const member of known) if (chosen.size < 2) chosen.add(member);
  return [...chosen];
}

function packOf(subject: DisclosurePack['subject'], { block, index }: Written, answer: SignedAnswer, wholeBlock: boolean): DisclosurePack {
  const envelopes = envelopesOf(block);
  const signatures = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.SIGNATURES] ?? new Uint8Array();
  const shown = wholeBlock || envelopes.length === 1;
  const { channelHeader, signatureHeader, proposal, response, endorsements } = answer;
  return {
    format: 'dualchain-disclosure',
    version: 1,
    subject,
    transaction: toBase64(envelopes[index] ?? new Uint8Array()),
    ...(shown && {
      block: {
        number: blockNumber(block).toString(),
        previousHash: toHex(block.getHeader()?.getPreviousHash_asU8() ?? new Uint8Array()),
        signatures: toBase64(signatures),
        before: envelopes.slice(0, index).map(toBase64),
        after: envelopes.slice(index + 1).map(toBase64),
      },
    }),
    standing: {
      channelHeader: toBase64(channelHeader),
      signatureHeader: toBase64(signatureHeader),
      proposal: toBase64(proposal),
      response: toBase64(response),
      endorsements: endorsements.map(({ endorser, signature }) => ({ endorser: toBase64(endorser), signature: toBase64(signature) })),
    },
  };
}

function envelopesOf(block: common.Block): Uint8Array[] {
  return block.getData()?.getDataList_asU8() ?? [];
}

function blockNumber(block: common.Block): bigint {
  return BigInt(block.getHeader()?.getNumber() ?? 0);
}
