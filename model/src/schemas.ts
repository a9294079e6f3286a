import { z } from 'zod';
import { currencies, MAX_AMOUNT } from './money';
import { quantityPattern } from './quantity';

/** Schemas that several verbs share. All objects are strict: an unknown field is an error that names it. */

// eslint-disable-next-line no-control-regex -- control characters are what is being refused
const clean = /^[^\u0000-\u001f\u007f]*$/u;
const text = (max: number) => z.string().max(max).regex(clean, 'must not contain control characters').refine((value) => !/\p{Surrogate}/u.test(value), 'must be well-formed Unicode');

/** Business id, chosen by the client. */
export const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be 1 to 64 letters, digits, ".", "_" or "-", and begin with a letter or digit');
export const mspId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, 'must be an MSP id such as "BankMSP"');
export const shortText = text(200).min(1);
export const longText = text(2000).min(1);
/** Point in time, ISO 8601 in UTC with milliseconds. */
export const timestamp = z.iso.datetime({ precision: 3, message: 'must be a time in UTC with milliseconds such as "2026-11-24T08:00:00.000Z"' });
export const date = z.iso.date('must be a date such as "2026-11-24"');
export const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hex');
export const currency = z.enum(currencies as [string, ...string[]]);
export const gtin = z.string().regex(/^[0-9]{14}$/, 'must be a GTIN of 14 digits');
/** Canonical EPC or lot id (Digital Link form) as model/epcis computes it. */
export const itemId = text(1024).min(1);
/** Amount in minor units as a decimal string; at least one minor unit. */
export const amount = z
  .string()
  .regex(/^[0-9]{1,18}$/, { error: 'must be an amount in minor units, digits only', abort: true })
  .refine((value) => BigInt(value) >= 1n, { message: 'must be at least one minor unit', params: { code: 'AMOUNT_TOO_SMALL' } })
  .refine((value) => BigInt(value) <= MAX_AMOUNT, `must be at most ${MAX_AMOUNT} minor units`);
export const amountOrZero = z.string().regex(/^(0|[1-9][0-9]{0,17})$/, 'must be an amount in minor units, digits only');
export const quantity = z.string().regex(quantityPattern, 'must be a decimal number, at most six decimals');
export const basisPoints = z.int().min(0).max(100_000);
/** UN/ECE Recommendation 20 unit code; "EA" counts pieces. */
export const unit = z.string().regex(/^[A-Z0-9]{2,3}$/, 'must be a UN/ECE Rec. 20 unit code such as KGM');

export const roles = ['obligor', 'supplier', 'carrier', 'warehouse', 'inspector', 'financier', 'settler', 'authority', 'operator'] as const;
export const role = z.enum(roles);
export type Role = (typeof roles)[number];

export const gln = z.string().regex(/^[0-9]{13}$/, 'must be a GLN of 13 digits');
export const member = z.strictObject({ mspId, name: shortText, gln, roles: z.array(role).min(1).max(9) });
export type Member = z.infer<typeof member>;

export const claims = ['inspected', 'weighed', 'custody-received', 'authentic', 'disputed'] as const;
export const claim = z.enum(claims);

/** Kinds of finance that a policy may ask evidence for: sale with or without recourse, loan against a pledge. */
export const financeKinds = ['with recourse', 'without recourse', 'pledge'] as const;
export const financeKind = z.enum(financeKinds);
export type FinanceKind = (typeof financeKinds)[number];

/** One kind of witness that these kinds of finance need: `count` members of `role`, other than the parties, who attested `claim`. */
export const evidenceRule = z.strictObject({ claim, role, count: z.int().min(1).max(8), finance: z.array(financeKind).min(1).max(3) });

/** Rules of the channel, kept on the ledger in versions and changed by vote (finance.md, "Consortium"). */
export const channelPolicy = z.strictObject({
  /** Days from the issue of a certificate to its due date, at most. */
  tenorLimitDays: z.int().min(1).max(365),
  /** Changes of owner that a holding and the holdings it was made of may have had, at most. */
  tierLimit: z.int().min(1).max(50),
  /** Days from the submission of an invoice within which the obligor should accept or dispute it. */
  acceptanceDeadlineDays: z.int().min(1).max(365),
  /** Days after the due date before a certificate may be declared overdue. */
  graceDays: z.int().min(0).max(90),
  /** Days that a certificate is overdue before a holder may declare it defaulted. */
  defaultAfterDays: z.int().min(0).max(365),
  /** Days after the default within which the owner of a holding may claim recourse on its seller. */
  recourseDays: z.int().min(1).max(365),
  /** Interest on what is paid late, basis points a year, actual/360. */
  lateFeeBps: basisPoints,
  quantityToleranceBps: basisPoints,
  priceToleranceBps: basisPoints,
  currencies: z.array(currency).min(1).max(20),
  evidenceForFinance: z.array(evidenceRule).max(10),
  /** Members with the right to be shown sealed terms. */
  auditors: z.array(mspId).max(10),
  /** Members that must agree to a change of members or policy. */
  voteThreshold: z.int().min(1).max(100),
});
export type ChannelPolicy = z.infer<typeof channelPolicy>;

/** What a consortium starts from that has no reason to choose otherwise; currencies and the threshold of a vote are its own choice. */
export const defaultChannelPolicy = {
  tenorLimitDays: 180,
  tierLimit: 10,
  acceptanceDeadlineDays: 10,
  graceDays: 5,
  defaultAfterDays: 30,
  recourseDays: 180,
  lateFeeBps: 0,
  quantityToleranceBps: 0,
  priceToleranceBps: 0,
  evidenceForFinance: [],
  auditors: [],
} satisfies Omit<ChannelPolicy, 'currencies' | 'voteThreshold'>;

/** What a motion is to change. A policy is given whole, so that everyone sees what he votes for. */
export const motionChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('admit'), member }),
  z.strictObject({ kind: z.literal('change roles'), mspId, roles: z.array(role).min(1).max(9) }),
  z.strictObject({ kind: z.literal('suspend'), mspId, reason: longText }),
  z.strictObject({ kind: z.literal('readmit'), mspId }),
  z.strictObject({ kind: z.literal('change policy'), policy: channelPolicy }),
]);
export type MotionChange = z.infer<typeof motionChange>;

export const subject = z.strictObject({ type: z.enum(['lot', 'event', 'shipment', 'invoice', 'certificate']), id: itemId });
export type Subject = z.infer<typeof subject>;

export const page = { pageSize: z.int().min(1).max(500).optional(), bookmark: z.string().max(4000).optional() };
