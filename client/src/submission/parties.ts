import type { CertificateSkeleton, HoldingSkeleton, InvoiceSkeleton, OrderSkeleton, ShipmentSkeleton } from '@dualchain/model';
import { DualchainError, mspId as mspIdSchema, validate } from '@dualchain/model';
import type { Session } from '../session';
import type { Parties } from './plan';

/** Parties of an order or an invoice. */
export function tradeParties({ obligor, supplier }: Pick<OrderSkeleton | InvoiceSkeleton, 'obligor' | 'supplier'>): Parties {
  return { obligor, supplier };
}

export function shipmentParties({ obligor, supplier, carrier }: ShipmentSkeleton): Parties {
  return { obligor, supplier, carrier };
}

export function certificateParties({ obligor, supplier, settler, authority }: CertificateSkeleton): Parties {
  return { obligor, supplier, firstHolder: supplier, settler, ...(authority !== undefined && { authority }) };
}

/** Parties of a holding, those of its open proposal included. */
export function holdingParties({ obligor, owner, authority, proposal }: HoldingSkeleton): Parties {
  const financier = proposal?.financier ?? proposal?.financiers;
  return { obligor, owner, ...(authority !== undefined && { authority }), ...(proposal?.receiver !== undefined && { receiver: proposal.receiver }), ...(financier !== undefined && { financier }) };
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
