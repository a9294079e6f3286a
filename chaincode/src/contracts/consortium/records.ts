import { DualchainError, keeperOf, keyTable, recordKey, sha256Hex } from '@dualchain/model';
import type { consortiumVerbs, MemberRecord, OrganisationPolicy, Page, PolicyVersion, ResultOf, SealedRecord } from '@dualchain/model';
import { encode, memberOf, requireMember, sayOwn, twoPeopleAt } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { quoteRecordId } from '../certificate/finance';

type Verbs = typeof consortiumVerbs;

/** An organisation says what it asks of its own people; what counts is its anchor. */
export async function setOrganisationPolicy(call: CallOf<Verbs['setOrganisationPolicy']>): Promise<OrganisationPolicy> {
  const { mspId } = call.caller;
  const policy: OrganisationPolicy = { mspId, twoPeople: call.input.twoPeople };
  await sayOwn(call, 'organisationPolicy', [mspId], policy, mspId);
  call.emit({ ids: { member: mspId } });
  return policy;
}

export async function organisationPolicy(call: CallOf<Verbs['organisationPolicy']>): Promise<OrganisationPolicy> {
  const { mspId } = await requireKnown(call, call.input.mspId);
  return { mspId, twoPeople: await twoPeopleAt(call, mspId) };
}

/** Copies records, as they stand with all who must hold them, into the auditor's collection. Nothing public changes. */
export async function openToAuditor(call: CallOf<Verbs['openToAuditor']>): Promise<ResultOf<Verbs['openToAuditor']>> {
  const { state, sealed, input, caller } = call;
  const { auditor } = input;
  const { policy } = await state.require('channelPolicy', 'current');
  if (!policy.auditors.includes(auditor)) throw new DualchainError('NOT_A_PARTY', `${auditor} is no auditor by the channel policy (${policy.auditors.join(', ') || 'there is none'}); nothing was shown to it.`, { details: { auditor, auditors: policy.auditors } });
  await requireMember(call, auditor);
  const names: string[] = [];
  for (const { type, id } of input.records) {
    const record = await sealed.requireGenuine(type, id, [...new Set([caller.mspId, ...(await holdersOf(call, type, id))])]);
    await sealed.share(record, [auditor]);
    names.push(recordKey(type, id));
  }
  call.emit({ ids: { member: auditor, record: names } });
  return { auditor, records: names };
}

/** The own copy, at the own peer. */
export async function sealedRecord({ sealed, input: { type, id } }: CallOf<Verbs['sealedRecord']>): Promise<SealedRecord> {
  const record = await sealed.own(type, id);
  if (record === undefined) throw new DualchainError('NOT_FOUND', `Your organisation holds no sealed record ${recordKey(type, id)}.`, { details: { record: recordKey(type, id) } });
  return record;
}

/** The hash of what stands under a public key. One read, whose version says which transaction wrote it. */
export async function publicObject({ state, input }: CallOf<Verbs['publicObject']>): Promise<ResultOf<Verbs['publicObject']>> {
  const { type, attributes } = input;
  if (attributes.length !== keyTable[type].attributes.length) throw new DualchainError('INVALID_INPUT', `The name of a ${type} has ${keyTable[type].attributes.length} parts: ${keyTable[type].attributes.join(', ')}.`, { details: { type } });
  return { ...input, hash: sha256Hex(encode(await state.require(type, ...attributes))) };
}

export async function policyVersions({ state, input }: CallOf<Verbs['policyVersions']>): Promise<Page<PolicyVersion>> {
  const { version: newest } = await state.require('channelPolicy', 'current');
  const { items, bookmark } = await state.page('policyVersion', [], input);
  return { items: items.flatMap(({ value }) => ('policy' in value && value.version <= newest ? [value] : [])), bookmark };
}

export async function members({ state, input }: CallOf<Verbs['members']>): Promise<Page<MemberRecord>> {
  const channel = await state.get('channelPolicy', 'current');
  const { items, bookmark } = await state.page('member', [], input);
  return { items: items.map(({ value }) => value).filter(({ mspId }) => channel?.members.includes(mspId) === true), bookmark };
}

/** A member, suspended ones included. Two reads. Throws NOT_FOUND. */
export async function requireKnown({ state }: Pick<Call, 'state'>, mspId: string): Promise<MemberRecord> {
  const member = await memberOf(state, mspId);
  if (member === undefined) throw new DualchainError('NOT_FOUND', `There is no member ${mspId}.`, { details: { type: 'member', id: mspId } });
  return member;
}

/**
 * Who must hold a sealed record by what stands in public, so that nobody shows an auditor a record of its own making or
 * one that was replaced. One read. Of other kinds of records only the shower's own copy is compared.
 */
async function holdersOf({ state }: Pick<Call, 'state'>, type: string, id: string): Promise<readonly string[]> {
  switch (type) {
    case 'order':
    case 'quantities': {
      const { obligor, supplier } = await state.require('order', id);
      return [obligor, supplier];
    }
    case 'shipment':
    case 'receipt': {
      const { obligor, supplier, carrier } = await state.require('shipment', id);
      return [obligor, supplier, carrier];
    }
    case 'invoice': {
      const { obligor, supplier } = await state.require('invoice', id);
      return [obligor, supplier];
    }
    case 'certificate': {
      const { obligor, supplier } = await state.require('certificate', id);
      return [obligor, supplier];
    }
    case 'holding': {
      const holding = await state.require('holding', id);
      return [keeperOf(holding), holding.owner];
    }
    case 'quote': {
      const [holdingId = '', quoteId = ''] = id.split(QUOTE_SEPARATOR);
      const { owner, financier } = await state.require('quote', holdingId, quoteId);
      return [owner, financier];
    }
    default:
      return [];
  }
}

/** Between holding and quote in the id of a quote's record. */
const QUOTE_SEPARATOR = quoteRecordId('', '');
