import { canonicalId, shortId } from '@dualchain/model';
import { attempt, certificateAttempts, chapters, collusionAttempts, invoiceAttempts, payoutAttempts, quoteAttempts, recallAttempts, Stage, withAlteredChaincode } from '../play/index';
import type { Attempt, ChapterName, CorruptibleNetwork, PlayableNetwork, StageOptions } from '../play/index';
import { loadStory } from '../story/index';
import type { Story } from '../story/index';
import type { Screen } from './screen';
import { seconds } from './screen';
import { showBalance, showAudit } from './closing';
import { showRefusal, showStep } from './steps';
import { traceTree } from './trace-tree';
import { showHoldingViews, showQuoteViews } from './view-tables';

/** What the teller needs while the story is played. */
interface Telling {
  readonly screen: Screen;
  readonly stage: Stage;
  readonly network: CorruptibleNetwork;
  refused: number;
}

/** What is told behind a chapter: who sees what, what is refused, what the chain shows. */
const asides: Partial<Record<ChapterName, (telling: Telling) => Promise<void>>> = {
  shipment: showChain,
  invoice: (telling) => showAttempts(telling, 'What is refused here', invoiceAttempts),
  certificate: async (telling) => {
    const { tenorSeconds, story } = telling.stage;
    telling.screen.line();
    telling.screen.paragraph(`So that the story has an end, this certificate falls due ${tenorSeconds} seconds after its issue; the financiers below count with ${story.financing.pricedForDays} days.`, telling.screen.colours.dim);
    await showAttempts(telling, 'What is refused here', certificateAttempts);
  },
  transfer: async (telling) => {
    const { screen, stage } = telling;
    const { holding, to } = stage.story.transfer;
    await showHoldingViews(screen, stage, holding, [to, stage.story.certificate.obligor, 'factor']);
    await showCollusion(telling);
  },
  quotes: async (telling) => {
    const { screen, stage } = telling;
    await showQuoteViews(screen, stage, stage.story.financing.quotes.map(({ id }) => id), ['farm', 'bank', 'factor', 'brand']);
    await showAttempts(telling, 'What is refused here', quoteAttempts);
  },
  payout: (telling) => showAttempts(telling, 'What is refused here', payoutAttempts),
  recall: async (telling) => {
    await showFlags(telling);
    await showAttempts(telling, 'What is refused here', recallAttempts);
  },
};

/** Plays the story and tells it as it happens. Throws what the verbs throw, and RangeError where the ledger does not balance. */
export async function runStoryDemo(screen: Screen, network: PlayableNetwork & CorruptibleNetwork, options: StageOptions = {}): Promise<void> {
  const began = performance.now();
  await using stage = new Stage(network, loadStory(), options);
  const telling: Telling = { screen, stage, network, refused: 0 };
  let steps = 0;
  for (const [index, chapter] of chapters.entries()) {
    screen.heading(index + 1, chapter.title, chapter.text);
    if (chapter.name === 'settlement') screen.progress('waiting for the due date …');
    for await (const step of chapter.steps(stage)) {
      showStep(screen, step);
      steps += 1;
    }
    await asides[chapter.name]?.(telling);
  }
  await showBalance(screen, stage, chapters.length + 1);
  await showAudit(screen, stage, chapters.length + 2);
  showEnd(screen, { steps, refused: telling.refused, milliseconds: performance.now() - began });
}

function aside({ screen }: Telling, title: string): void {
  screen.line();
  screen.line(`   ${screen.colours.bold(title)}`);
}

async function showAttempts(telling: Telling, title: string, attempts: readonly Attempt[]): Promise<void> {
  aside(telling, title);
  for (const each of attempts) {
    showRefusal(telling.screen, await attempt(telling.stage, each));
    telling.refused += 1;
  }
}

async function showCollusion(telling: Telling): Promise<void> {
  const { screen, stage, network } = telling;
  screen.progress('two organisations replace their chaincode …');
  await withAlteredChaincode(network, stage, () => showAttempts(telling, 'Two organisations collude: their peers run altered chaincode that checks nothing', collusionAttempts));
}

/** The final lot back to the farm, as the buyer asks it at its own peer. */
async function showChain(telling: Telling): Promise<void> {
  const { screen, stage } = telling;
  const { lots } = stage.story;
  const { edges, carriers, events } = await (await stage.as('brand')).trace.traceBack({ id: lots.hotpotBaseDigitalLink });
  aside(telling, `What is in lot ${shortId(lots.hotpotBase).split('.').at(-1) ?? ''}: ${events.length} events, asked by the brand with a Digital Link`);
  const nameOf = lotNames(stage.story);
  for (const line of traceTree(canonicalId(lots.hotpotBase), edges, { direction: 'back', label: nameOf })) screen.line(`   ${line}`);
  for (const { id, content } of carriers) screen.paragraph(`${nameOf(content)} travelled in ${nameOf(id)}`, screen.colours.dim);
}

async function showFlags(telling: Telling): Promise<void> {
  const { screen, stage } = telling;
  const { recall, lots } = stage.story;
  const found = await (await stage.as('brand')).recalls.getRecall(recall.id);
  if (found === undefined) return;
  const nameOf = lotNames(stage.story);
  const flagged = new Set(found.flags.map(({ lot }) => lot));
  aside(telling, 'What the recall reaches, asked by the brand');
  const rows = found.flags.map(({ lot, from }) => [nameOf(lot), from === undefined ? 'the recalled harvest itself' : `from ${nameOf(from)}`, found.certificates.filter((each) => each.lot === lot).map(({ certificateId }) => certificateId).join(', ')]);
  screen.table(['flagged', 'because', 'bars from new finance'], rows, { widths: [35, 36, null] });
  const spared = Object.values(lots).map(canonicalId).filter((id) => !flagged.has(id));
  screen.paragraph(`Not flagged, because nothing of it is in them: ${[...new Set(spared)].map(nameOf).join(', ')}.`, screen.colours.dim);
}

/** Ids as people of the story call them. */
function lotNames({ lots, pallets }: Story): (id: string) => string {
  const words: Readonly<Record<string, string>> = { freshA: 'fresh pepper', freshB: 'fresh pepper', freshC: 'fresh pepper', dried: 'dried pepper', driedSecond: 'dried pepper', chili: 'chili', oil: 'oil', hotpotBase: 'hotpot base' };
  const names = new Map<string, string>();
  for (const [name, id] of Object.entries(lots)) if (words[name] !== undefined) names.set(canonicalId(id), `${words[name]} ${shortId(id).split('.').at(-1) ?? ''}`);
  for (const id of Object.values(pallets)) names.set(canonicalId(id), `pallet ${shortId(id).split('.').at(-1)?.replace(/^0+/, '') ?? ''} of ${id === pallets.farm ? 'the farm' : 'the processor'}`);
  return (id) => names.get(id) ?? shortId(id);
}

function showEnd(screen: Screen, { steps, refused, milliseconds }: { readonly steps: number; readonly refused: number; readonly milliseconds: number }): void {
  const { bold, green, cyan } = screen.colours;
  screen.line();
  screen.line(`   ${green('✓')} ${bold(`${steps} steps committed, ${refused} attempts refused, every unit accounted for`)} in ${seconds(milliseconds)}`);
  screen.line();
  screen.paragraph('What to try next');
  screen.line(`     ${cyan('npm start -- --epcis FILE')}   capture and trace your own EPCIS 2.0 events`);
  screen.line(`     ${cyan('scripts/network.sh up')}       a network that stays, for your own code (README, "For developers")`);
  screen.line(`     ${cyan('npm test')}                    what this repository promises, checked (test:long: the rest)`);
}
