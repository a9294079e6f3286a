import type { CustodyAnswer, MassBalanceAnswer, OneStepAnswer, YieldBands } from '@dualchain/model';
import { traceVerbs } from '@dualchain/model';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';
import { checkFields } from '../submission/plan';

export interface OneStepParameters {
  /** Lot or object, in any form (URN, Digital Link). */
  readonly id: string;
  /** MSP id of a member or identifier of a party: only what came to it, or went from it. */
  readonly party?: string;
}

export interface MassBalanceParameters {
  readonly id: string;
  /** Only the lines and problems of this site. */
  readonly site?: string;
  /** Plausible yields; default: growth from 1, processing 0 to 1, commingling 1. */
  readonly bands?: YieldBands;
}

/** From whom a lot came (hand-overs) and what it was made of (making). From public events and those under seal that the own organisation may read, its internal ones excepted. Times are UTC texts. Throws INVALID_INPUT, NOT_FOUND. */
export function oneStepBack(session: Session, parameters: OneStepParameters, options?: CallOptions): Promise<OneStepAnswer> {
  return ask(session, traceVerbs.oneStepBack, defined(checkFields(parameters, ['id', 'party'])), options);
}

/** To whom a lot went (hand-overs) and what was made of it (making). From public events and those under seal that the own organisation may read, its internal ones excepted. Throws INVALID_INPUT, NOT_FOUND. */
export function oneStepForward(session: Session, parameters: OneStepParameters, options?: CallOptions): Promise<OneStepAnswer> {
  return ask(session, traceVerbs.oneStepForward, defined(checkFields(parameters, ['id', 'party'])), options);
}

/** Who holds and owns a lot or object now, where and in what, and the chain before, gaps named. From public events and those under seal that the own organisation may read, its internal ones excepted. Throws INVALID_INPUT, NOT_FOUND. */
export function custody(session: Session, parameters: { readonly id: string }, options?: CallOptions): Promise<CustodyAnswer> {
  return ask(session, traceVerbs.custody, checkFields(parameters, ['id']), options);
}

/** Whether a lot adds up, site by site. Quantities are decimal strings. From public events and those under seal that the own organisation may read, its internal ones excepted. Throws INVALID_INPUT, NOT_FOUND. */
export function massBalance(session: Session, parameters: MassBalanceParameters, options?: CallOptions): Promise<MassBalanceAnswer> {
  return ask(session, traceVerbs.massBalance, defined(checkFields(parameters, ['id', 'site', 'bands'])) as never, options);
}

function defined<Parameters extends object>(parameters: Parameters): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined)) as Parameters;
}
