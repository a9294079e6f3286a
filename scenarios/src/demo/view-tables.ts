import type { OpenedHolding, OpenedQuote } from '@dualchain/client';
import { formatAmount } from '@dualchain/model';
import type { Stage, View } from '../play/index';
import { viewsOfHolding, viewsOfQuote } from '../play/index';
import type { Actor } from '../story/index';
import type { Screen } from './screen';

const LABEL = 16;
const COLUMN = 26;
const SMALL_COLUMN = 19;

/** The same holding, read by each organisation at its own peer. */
export async function showHoldingViews(screen: Screen, stage: Stage, holdingId: string, actors: readonly Actor[]): Promise<void> {
  const views = await viewsOfHolding(stage, holdingId, actors);
  const { bold } = screen.colours;
  screen.line();
  screen.line(`   ${bold(`Holding ${holdingId} through ${actors.length} organisations' eyes, each at its own peer`)}`);
  const row = (label: string, cell: (opened: OpenedHolding) => string | undefined) => [label, ...views.map(({ opened }) => cell(opened) ?? sealed(screen))];
  const { currency } = stage.story;
  screen.table(
    ['', ...views.map((view) => `${view.actor} (${partOf(stage, view)})`)],
    [
      row('state', ({ state }) => state),
      row('owner', ({ owner }) => owner),
      row('made of', ({ parents }) => parents.join(', ')),
      row('Merkle root', ({ root }) => `${root.slice(0, 12)}…`),
      row('units', ({ range }) => (range === undefined ? undefined : `${group(range.from)} to ${group(range.to)}`)),
      row('amount', ({ range }) => (range === undefined ? undefined : formatAmount(range.amount, currency))),
    ],
    { widths: [LABEL, ...views.map(() => COLUMN)] },
  );
}

/** The same quotes, read by each organisation at its own peer. */
export async function showQuoteViews(screen: Screen, stage: Stage, quoteIds: readonly string[], actors: readonly Actor[]): Promise<void> {
  const { financing, currency } = stage.story;
  const { bold } = screen.colours;
  screen.line();
  screen.line(`   ${bold('The quotes through four organisations\' eyes')}`);
  const rows: string[][] = [];
  for (const quoteId of quoteIds) {
    const views = await viewsOfQuote(stage, financing.holding, quoteId, actors);
    const row = (label: string, cell: (opened: OpenedQuote) => string | undefined) => [label, ...views.map(({ opened }) => cell(opened) ?? sealed(screen))];
    rows.push(
      row(quoteId, ({ state }) => state),
      row('  yearly rate', ({ terms }) => (terms === undefined ? undefined : `${(terms.rateBps / 100).toFixed(2)} %`)),
      row('  pays', ({ terms }) => (terms === undefined ? undefined : formatAmount(terms.payout, currency))),
    );
  }
  screen.table(['', ...actors.map((actor) => (actor === financing.owner ? `${actor} (seller)` : actor))], rows, { widths: [LABEL, ...actors.map(() => SMALL_COLUMN)] });
}

function partOf(stage: Stage, { actor, opened }: View<OpenedHolding>): string {
  const mspId = stage.mspId(actor);
  return mspId === opened.owner ? 'owner' : mspId === opened.obligor ? 'obligor' : 'outsider';
}

function sealed(screen: Screen): string {
  return screen.colours.yellow('sealed');
}

/** 60000001 → "60,000,001". */
export function group(number: bigint): string {
  return number.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
