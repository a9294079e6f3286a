import { certificate, transfer } from './certificate';
import { payout, quotes, recall } from './finance';
import { founding } from './founding';
import { goods } from './goods';
import { settlement } from './settlement';
import type { Stage } from './stage';
import type { Step } from './step';
import { invoice, orders, shipment } from './trade';

/** The story in the order in which it is played. Each chapter needs those before it. */
export const chapters = [founding, goods, orders, shipment, invoice, certificate, transfer, quotes, payout, recall, settlement] as const;
export type ChapterName = (typeof chapters)[number]['name'];

export interface PlayOptions {
  /** First chapter; default: the beginning. */
  readonly from?: ChapterName | undefined;
  /** Last chapter, included; default: the end. */
  readonly to?: ChapterName | undefined;
}

/**
 * Plays the story on a network that runs and is deployed, embedded or real, and yields each step once it is committed.
 * A step is taken when it is asked for, so whoever reads may act in between. Throws what the verbs throw.
 */
export async function* play(stage: Stage, { from, to }: PlayOptions = {}): AsyncGenerator<Step & { readonly chapter: ChapterName }, void, undefined> {
  const names = chapters.map(({ name }): ChapterName => name);
  const first = from === undefined ? 0 : names.indexOf(from);
  const last = to === undefined ? names.length - 1 : names.indexOf(to);
  for (const chapter of chapters.slice(first, last + 1)) for await (const step of chapter.steps(stage)) yield { ...step, chapter: chapter.name };
}
