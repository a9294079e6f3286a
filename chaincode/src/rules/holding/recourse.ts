import { DualchainError } from '@dualchain/model';
import type { CertificateSkeleton, ChannelPolicy, HoldingSkeleton } from '@dualchain/model';
import { rowOf } from './holding';
import { openProposal, restore } from './proposal';

const DAY = 86_400_000;

/** Whom the owner of a holding may turn to: the end of the last link, if that link is the owner's. Undefined where it was sold without recourse. */
export function sellerOf({ owner, recourse = [] }: Pick<HoldingSkeleton, 'owner' | 'recourse'>): string | undefined {
  const last = recourse.at(-1);
  return last?.from === owner ? last.to : undefined;
}

/**
 * The owner turns to its seller. `id` is the id of the transaction. A claim made in time stays: the money may come later.
 * Throws NOT_A_PARTY, WRONG_STATE, NO_RECOURSE.
 */
export function claimRecourse(id: string, holding: HoldingSkeleton, certificate: CertificateSkeleton, { recourseDays }: Pick<ChannelPolicy, 'recourseDays'>, caller: string, at: string): HoldingSkeleton {
  const row = rowOf(holding, 'claimRecourse', caller);
  const { state, defaultedAt } = certificate;
  if (state !== 'defaulted' || defaultedAt === undefined) throw new DualchainError('WRONG_STATE', `The certificate ${certificate.id} is ${state}; recourse opens when it is defaulted.`, { details: { object: 'certificate', id: certificate.id, state } });
  const seller = sellerOf(holding);
  if (seller === undefined) throw new DualchainError('NO_RECOURSE', `${holding.owner} has holding ${holding.id} without recourse; only the obligor and its estate owe it.`, { details: { holdingId: holding.id } });
  const expiresAt = new Date(Date.parse(defaultedAt) + recourseDays * DAY).toISOString();
  if (at >= expiresAt) throw new DualchainError('NO_RECOURSE', `Recourse for holding ${holding.id} could be claimed until ${expiresAt}.`, { details: { holdingId: holding.id, expiresAt, at } });
  return openProposal(holding, row, { id, kind: 'recourse', seller, expiresAt, offeredAt: at });
}

/** The owner takes its claim back. Throws NOT_A_PARTY, WRONG_STATE. */
export function withdrawRecourse(holding: HoldingSkeleton, caller: string): HoldingSkeleton {
  return restore(holding, rowOf(holding, 'withdrawRecourse', caller));
}

/**
 * The seller paid: it is the owner again, and the link by which it was reached is gone; the links before it stay, so that
 * it may turn to its own seller in turn. `keeper` keeps the terms beside it. The obligor is not notified: it may be gone.
 * No trade, so the tier stays. Throws NOT_A_PARTY, WRONG_STATE.
 */
export function buyBack(holding: HoldingSkeleton, certificate: CertificateSkeleton, keeper: string, caller: string, at: string): HoldingSkeleton {
  const { settler } = certificate;
  const row = rowOf(holding, 'buyBack', caller, { settler });
  const { proposal, recourse = [], standIn: _before, ...rest } = holding;
  const seller = proposal?.seller ?? '';
  const links = recourse.slice(0, -1);
  const notified = keeper === holding.obligor ? { notifiedAt: at } : {};
  return {
    ...rest,
    owner: seller,
    state: row.to,
    assignments: [...holding.assignments, { from: holding.owner, to: seller, assignedAt: at, ...notified }],
    ...(links.length === 0 ? {} : { recourse: links }),
    ...(keeper === holding.obligor ? {} : { standIn: keeper }),
  };
}
