import type { ReceiptGoods, ReceiptPledgeSkeleton, ReceiptPledgeState, ReceiptSkeleton, ReceiptState } from '@dualchain/model';
import { earlier, later, msp } from './claims';

/** Who plays which part in the examples of collateral. */
export const party = { warehouse: msp.stranger, depositor: msp.owner, owner: msp.owner, financier: msp.financier, settler: msp.settler, authority: msp.authority, receiver: msp.receiver, carrier: 'HaulierMSP', destination: 'OtherStoreMSP', outsider: msp.obligor } as const;

export const goods: ReceiptGoods = { lot: 'lot-1', depositId: 'D-1', warehouse: party.warehouse, owner: party.owner, quantity: '100.5', unit: 'KGM' };

/** A receipt in a state, with what that state brings along. */
export function receiptIn(state: ReceiptState, change: Partial<ReceiptSkeleton> = {}): ReceiptSkeleton {
  const proposal = { id: 'tx-1', prior: 'active', expiresAt: later, offeredAt: earlier } as const;
  const pledge = { pledgeId: 'PL-1', financier: party.financier, settler: party.settler };
  const more: { readonly [state in ReceiptState]?: Partial<ReceiptSkeleton> } = {
    'transfer offered': { proposal: { ...proposal, kind: 'transfer', receiver: party.receiver } },
    'pledge proposed': { proposal: { ...proposal, kind: 'pledge', ...pledge } },
    pledged: pledge,
    held: { ...pledge, hold: { at: earlier, prior: 'pledged' } },
    liquidating: pledge,
    'in transit': { carrier: party.carrier, destination: party.destination, transit: { prior: 'active', shippedAt: earlier, dueAt: later, shippingEvents: ['e-1'], custodyEvents: [] } },
  };
  return { id: 'WR-1', lot: 'lot-1', depositId: 'D-1', warehouse: party.warehouse, depositor: party.depositor, owner: party.owner, authority: party.authority, state, parents: [], draftedBy: 'maker', createdAt: earlier, root: 'r', ...more[state], ...change };
}

/** A loan in a state, due and to be cured at {@link later}. */
export function pledgeIn(state: ReceiptPledgeState, change: Partial<ReceiptPledgeSkeleton> = {}): ReceiptPledgeSkeleton {
  const call = state === 'margin call' ? { marginCall: { reason: 'value', valuationId: 'V-1', at: earlier, cureEndsAt: later } as const } : {};
  return { id: 'PL-1', receiptId: 'WR-1', receiptRoot: 'r', lot: 'lot-1', warehouse: party.warehouse, owner: party.owner, financier: party.financier, settler: party.settler, authority: party.authority, state, expiresAt: later, dueAt: later, cureHours: 24, draftedAt: earlier, root: 'l', ...call, ...change };
}
