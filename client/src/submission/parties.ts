import type { CertificateSkeleton, HoldingSkeleton, InvoiceSkeleton, OrderSkeleton, ReceiptPledgeSkeleton, ReceiptSkeleton, ShipmentSkeleton } from '@dualchain/model';
import { debtorOf, DualchainError, mspId as mspIdSchema, validate } from '@dualchain/model';
import type { Session } from '../session';
import type { Parties } from './plan';

/** Parties of an order or an invoice. */
export function tradeParties({ obligor, supplier }: Pick<OrderSkeleton | InvoiceSkeleton, 'obligor' | 'supplier'>): Parties {
  return { obligor, supplier };
}

export function shipmentParties({ obligor, supplier, carrier }: ShipmentSkeleton): Parties {
  return { obligor, supplier, carrier };
}

/** Parties of a certificate; once it is defaulted, the authority stands in for the obligor, who may be gone. */
export function certificateParties(certificate: CertificateSkeleton): Parties {
  const { supplier, settler, authority } = certificate;
  return { obligor: debtorOf(certificate), supplier, firstHolder: supplier, settler, ...(authority !== undefined && { authority }) };
}

/** Parties of a holding, those of its open proposal included. */
export function holdingParties({ obligor, owner, authority, proposal }: HoldingSkeleton): Parties {
  const financier = proposal?.financier ?? proposal?.financiers;
  return { obligor, owner, ...(authority !== undefined && { authority }), ...(proposal?.receiver !== undefined && { receiver: proposal.receiver }), ...(financier !== undefined && { financier }) };
}

/** Of steps that the absence of a party must not prevent. */
export interface Absence {
  /** A party whose peers are away for good: the authority endorses in its place. */
  readonly absent?: string | undefined;
}

/** The parties with the authority in the place of the one that is absent. Throws INVALID_INPUT where there is none to stand in. */
export function withoutAbsent(parties: Parties, { authority }: { readonly authority?: string | undefined }, absent: string | undefined): Parties {
  if (absent === undefined) return parties;
  const away = validate(mspIdSchema, absent, 'The absent party');
  if (!Object.values(parties).flat().includes(away)) throw new DualchainError('INVALID_INPUT', `${away} is no party whose endorsement this needs; leave "absent" out.`, { details: { absent: away } });
  if (authority === undefined) throw new DualchainError('INVALID_INPUT', `There is no authority that could stand in for ${away}.`, { details: { absent: away } });
  return Object.fromEntries(Object.entries(parties).map(([name, party]) => [name, typeof party === 'string' ? (party === away ? authority : party) : party.map((each) => (each === away ? authority : each))]));
}

/**
 * Caller and one other member as witness: the one named, else a preferred one, else the authority, else the member
 * after the caller in the profile. Throws INVALID_INPUT where there is no other member.
 */
export function withWitness({ mspId, members }: Session, witness?: string, preferred: readonly string[] = []): Parties {
  if (witness !== undefined) return { self: mspId, witness: validate(mspIdSchema, witness, 'The witness') };
  const others = members.filter((member) => member.mspId !== mspId);
  const position = members.findIndex((member) => member.mspId === mspId);
  const chosen =
    others.find((member) => preferred.includes(member.mspId)) ?? others.find(({ roles }) => roles.includes('authority')) ?? members[(position + 1) % Math.max(1, members.length)];
  if (chosen === undefined || chosen.mspId === mspId) throw new DualchainError('INVALID_INPUT', 'A second organisation must witness this: name one as `witness`, because the profile lists no other member.');
  return { self: mspId, witness: chosen.mspId };
}

/** Parties of a warehouse receipt. While it is pledged, the settler stands in for an owner that is absent; else the authority for anyone. */
export function receiptParties(receipt: ReceiptSkeleton, absent?: string): Parties {
  const { warehouse, depositor, owner, authority, financier, settler, carrier, destination, proposal } = receipt;
  const keeper = destination ?? warehouse;
  const parties = { warehouse: keeper, depositor, owner, financier: financier ?? [], carrier: carrier ?? [], destination: keeper, receiver: proposal?.receiver ?? [] };
  return absent === owner && settler !== undefined ? { ...parties, owner: settler } : withoutAbsent(parties, { authority }, absent);
}

/** Parties of a loan against a receipt. */
export function receiptPledgeParties({ warehouse, owner, authority, financier, settler, paidAt }: ReceiptPledgeSkeleton, absent?: string): Parties {
  const parties = { warehouse, owner, financier, settler };
  return absent === owner && paidAt !== undefined ? { ...parties, owner: settler } : withoutAbsent(parties, { authority }, absent);
}
