import { canonicalJson } from '@dualchain/model';
import type { InvoiceTerms } from '@dualchain/model';
import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';

/** Which fields a fingerprint covers. `document` is the invoice itself; the others find look-alikes. */
export const fingerprintKinds = ['document', 'number', 'date-amount'] as const;
export type FingerprintKind = (typeof fingerprintKinds)[number];

export interface Fingerprint {
  readonly kind: FingerprintKind;
  /** Hex. */
  readonly digest: string;
}

/** Cost of one guess (8 MiB of memory): invoice fields are few and guessable, so a plain hash would give them away. */
const COST = { N: 8192, r: 8, p: 1 };
const DIGEST_BYTES = 32;

const derive = promisify<string, string, number, typeof COST, Buffer>(scrypt);

/**
 * Fingerprints of an invoice over normalised fields, in several combinations, so that a slightly edited copy still
 * meets (finance.md, "Order to receivable"; the salt is fixed by the kind, because equal invoices must meet).
 */
export async function fingerprintsOf(obligor: string, supplier: string, terms: InvoiceTerms): Promise<Fingerprint[]> {
  const parties = [obligor, supplier];
  const number = normalNumber(terms.number);
  const fields: Record<FingerprintKind, readonly string[]> = {
    document: [...parties, number, terms.issueDate, terms.currency, BigInt(terms.total).toString()],
    number: [...parties, number],
    'date-amount': [...parties, terms.issueDate, terms.currency, BigInt(terms.total).toString()],
  };
  return Promise.all(fingerprintKinds.map(async (kind) => ({ kind, digest: (await derive(canonicalJson(fields[kind]), `dualchain/fingerprint/1/${kind}`, DIGEST_BYTES, COST)).toString('hex') })));
}

/** Letters and digits in one case: "INV 2026/007" and "inv-2026-007" are one number. A number without any stays as it is. */
export function normalNumber(number: string): string {
  const normal = number.normalize('NFKC').toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
  return normal === '' ? number : normal;
}
