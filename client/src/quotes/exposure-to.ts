import type { HoldingSkeleton } from '@dualchain/model';
import { certificateVerbs, mspId as mspIdSchema, validate } from '@dualchain/model';
import { rangeOf } from '../results/objects';
import { listOf } from '../results/pages';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';
import { checkFields } from '../submission/plan';

export interface ExposureToParameters {
  readonly obligor: string;
}

/** What an obligor owes, or may soon owe, to the own organisation: minor units by currency. */
export type Exposure = Readonly<Record<string, bigint>>;

/**
 * How much the own organisation has on an obligor: holdings that it owns, has in pledge, or is locked in to finance, and
 * those for which it has a quote open. Counted at its own peer from its own sealed records, so that nobody learns of it.
 * Throws INVALID_INPUT, WRONG_PEER.
 */
export async function exposureTo(session: Session, parameters: ExposureToParameters, options?: CallOptions): Promise<Exposure> {
  const obligor = validate(mspIdSchema, checkFields(parameters, ['obligor']).obligor, 'The obligor');
  const exposure = new Map<string, bigint>();
  for await (const { skeleton, records } of listOf(session, certificateVerbs.myHoldings, {}, (opened) => opened, options)) {
    if (skeleton.obligor !== obligor || !(await isOurs(session, skeleton, options))) continue;
    const record = Object.values(records).find(({ type }) => type === 'holding');
    const currency = typeof record?.['currency'] === 'string' ? record['currency'] : '';
    exposure.set(currency, (exposure.get(currency) ?? 0n) + (rangeOf(record)?.amount ?? 0n));
  }
  return Object.fromEntries(exposure);
}

async function isOurs(session: Session, { id, owner, state, proposal }: HoldingSkeleton, options?: CallOptions): Promise<boolean> {
  const { mspId } = session;
  if (['spent', 'redeemed', 'cancelled', 'netted', 'replaced'].includes(state)) return false;
  if (owner === mspId || proposal?.financier === mspId) return true;
  if (proposal?.kind !== 'quotes' || proposal.financiers?.includes(mspId) !== true) return false;
  return (await ask(session, certificateVerbs.quotesOf, { holdingId: id }, options)).some((quote) => quote.financier === mspId && quote.state === 'open');
}
