import { z } from 'zod';
import { id, timestamp } from '../../schemas';
import type { OrderSkeleton } from '../../skeletons';
import { submitVerb, type } from '../../verb';
import { orderTerms } from './ordering';
import { orderOnly, trade } from './shared';

const parties = { ...trade, roles: ['obligor', 'supplier'], endorsers: ['obligor', 'supplier'], result: type<OrderSkeleton>() } as const;
const proposal = { users: ['maker', 'checker'], input: z.strictObject({ orderId: id, expiresAt: timestamp }) } as const;

/** Changes of an accepted order, each in two steps: one side proposes, the other accepts. */
export const amendingVerbs = {
  proposeOrderAmendment: submitVerb({ ...parties, ...proposal, name: 'proposeOrderAmendment', summary: 'Buyer or supplier proposes new terms of an accepted order.', sealed: orderTerms, openings: ['quantities'] }),
  acceptOrderAmendment: submitVerb({ ...parties, name: 'acceptOrderAmendment', summary: 'The other side accepts the new terms; the old ones are kept as an earlier version.', input: orderOnly, openings: ['order', 'amendment', 'quantities'] }),
  proposeOrderCancellation: submitVerb({ ...parties, ...proposal, name: 'proposeOrderCancellation', summary: 'Buyer or supplier proposes to cancel an order of which nothing is shipped.', openings: ['quantities'] }),
  acceptOrderCancellation: submitVerb({ ...parties, name: 'acceptOrderCancellation', summary: 'The other side agrees; the order is cancelled.', input: orderOnly, openings: ['quantities'] }),
  refuseOrderChange: submitVerb({ ...parties, name: 'refuseOrderChange', summary: 'The other side refuses; the order is as it was.', input: orderOnly, whileSuspended: true }),
  withdrawOrderChange: submitVerb({ ...parties, name: 'withdrawOrderChange', summary: 'Who proposed the change takes it back; the order is as it was.', input: orderOnly, whileSuspended: true }),
  expireOrderChange: submitVerb({ ...parties, roles: [], name: 'expireOrderChange', summary: 'Anyone ends a proposed change whose time is over; the order is as it was.', input: orderOnly, whileSuspended: true }),
} as const;
