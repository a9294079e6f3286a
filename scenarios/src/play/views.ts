import type { OpenedHolding, OpenedQuote } from '@dualchain/client';
import type { Actor } from '../story/index';
import type { Stage } from './stage';

/** One object as one organisation sees it at its own peer. */
export interface View<Opened> {
  readonly actor: Actor;
  readonly opened: Opened;
}

/** The same holding through several organisations' eyes. */
export async function viewsOfHolding(stage: Stage, holdingId: string, actors: readonly Actor[]): Promise<View<OpenedHolding>[]> {
  return Promise.all(actors.map(async (actor) => ({ actor, opened: await (await stage.as(actor)).holdings.openHolding(holdingId) })));
}

/** The same quote through several organisations' eyes. */
export async function viewsOfQuote(stage: Stage, holdingId: string, quoteId: string, actors: readonly Actor[]): Promise<View<OpenedQuote>[]> {
  return Promise.all(actors.map(async (actor) => ({ actor, opened: await (await stage.as(actor)).quotes.openQuote({ holdingId, quoteId }) })));
}
