import { Stage, balanceOf, play, viewsOfHolding, viewsOfQuote } from '../../scenarios/src/play';
import { attempt, certificateAttempts, invoiceAttempts, payoutAttempts, quoteAttempts, recallAttempts } from '../../scenarios/src/play';
import type { Attempt, ChapterName } from '../../scenarios/src/play';
import { loadStory } from '../../scenarios/src/story';
import type { Actor } from '../../scenarios/src/story';
import { canonicalId } from '../../model/src';
import { exposedBy, findLeaks } from '../../client/src/audit/audit';
import type { AuditedLedger, SealedMarker } from '../../client/src/audit/audit';
import type { TestNetwork } from '../support/network';

const PLAY = 180_000;

/** Seconds from the issue of the certificate to its due date: long enough for every step before it on either engine. */
const TENOR_SECONDS = { embedded: 20, fabric: 60 } as const;

/**
 * The whole story of the Chongqing food chain, chapter by chapter, and what must not work in between. `meanwhile` are
 * suites that run on the same network while the certificate is not yet due.
 */
export function storySuite(network: TestNetwork, meanwhile: () => void = () => undefined): void {
  const story = loadStory();
  let stage: Stage;
  const ids = { certificate: story.certificate.id, kept: 'H-2', passedOn: story.transfer.holding };

  beforeAll(() => {
    stage = new Stage(network.playable, story, { tenorSeconds: TENOR_SECONDS[network.engine] });
    network.markers.push(...sealedValuesOf(stage));
  });
  afterAll(() => stage.close());

  const playChapters = async (from: ChapterName, to: ChapterName): Promise<string[]> => {
    const steps: string[] = [];
    for await (const { name, transactions } of play(stage, { from, to })) {
      expect(transactions.length).toBeGreaterThan(0);
      steps.push(name);
    }
    await network.inStep();
    return steps;
  };
  const refuse = async (attempts: readonly Attempt[]): Promise<void> => {
    for (const each of attempts) {
      const state = await network.fingerprint();
      const refusal = await attempt(stage, each);
      expect(each.expected).toContain(refusal.code);
      network.show(`refusal ${refusal.code}`, refusal.message, each.actors[0]!);
      expect(await network.fingerprint()).toEqual(state);
    }
  };

  it('goods are made, ordered, shipped and received, each step proved by its own organisation', async () => {
    await playChapters('founding', 'shipment');
    const brand = await network.as('brand');
    expect(await brand.shipments.requireShipment(story.shipment.id)).toMatchObject({ state: 'received', supplier: 'ProcessorMSP', obligor: 'BrandMSP', carrier: 'CarrierMSP', lots: [canonicalId(story.lots.hotpotBase)] });
    const { quantities } = await brand.orders.openOrder(story.shipment.order);
    expect(quantities?.lines).toEqual([expect.objectContaining({ ordered: '40000', shipped: '40000', accepted: '40000', invoiced: '0' })]);
    const trace = await brand.trace.traceBack({ id: story.lots.hotpotBaseDigitalLink });
    const back = trace.nodes.map(({ id }) => id);
    for (const lot of ['freshA', 'freshB', 'dried', 'chili', 'oil'] as const) expect(back).toContain(canonicalId(story.lots[lot]));
    for (const lot of ['freshC', 'driedSecond'] as const) expect(back).not.toContain(canonicalId(story.lots[lot]));
  }, PLAY);

  it('an invoice is accepted by two people, once', async () => {
    await playChapters('invoice', 'invoice');
    expect(await (await network.as('brand')).invoices.requireInvoice(story.invoice.id)).toMatchObject({ state: 'accepted', exceptions: [], resembles: [] });
    await refuse(invoiceAttempts);
  }, PLAY);

  it('the debt becomes one holding of numbered units, readable by its two parties alone', async () => {
    await playChapters('certificate', 'certificate');
    await refuse(certificateAttempts);
    const face = BigInt(story.certificate.face);
    const views = await viewsOfHolding(stage, story.certificate.firstHolding, ['processor', 'brand', 'bank']);
    // The story splits it in the same chapter, or later; its range is what it was born with.
    expect(views.slice(0, 2).map(({ opened }) => opened.range)).toEqual([{ from: 1n, to: face, amount: face }, { from: 1n, to: face, amount: face }]);
    expect(views[2]!.opened.range).toBeUndefined();
    expect(views[2]!.opened.records).toEqual({});
  }, PLAY);

  it('a part passes to the farm, with the times that decide its priority', async () => {
    await playChapters('transfer', 'transfer');
    const [owner, obligor, outsider] = await viewsOfHolding(stage, ids.passedOn, ['farm', 'brand', 'carrier']);
    const amount = BigInt(story.split.parts.find(({ id }) => id === ids.passedOn)!.amount);
    expect(owner!.opened).toMatchObject({ owner: 'FarmMSP', state: 'free', range: { amount } });
    expect(obligor!.opened.range).toEqual(owner!.opened.range);
    expect(outsider!.opened).toMatchObject({ owner: 'FarmMSP', state: 'free', range: undefined, records: {} });
    expect(owner!.opened.assignments).toEqual([expect.objectContaining({ from: 'ProcessorMSP', to: 'FarmMSP' })]);
    const kept = await (await network.as('processor')).holdings.openHolding(ids.kept);
    expect(kept.range!.amount + owner!.opened.range!.amount).toBe(BigInt(story.certificate.face));
    expect(owner!.opened.proposal).toBeUndefined();
  }, PLAY);

  it("sealed quotes compete: neither financier sees the other's price, and the obligor sees none", async () => {
    await playChapters('quotes', 'quotes');
    for (const { id, financier, payout } of story.financing.quotes) {
      const everyone: Actor[] = ['farm', 'bank', 'factor', 'brand', 'processor', 'clearing'];
      for (const { actor, opened } of await viewsOfQuote(stage, ids.passedOn, id, everyone)) {
        const reader = actor === 'farm' || actor === financier;
        expect({ actor, id, payout: opened.terms?.payout }).toEqual({ actor, id, payout: reader ? BigInt(payout) : undefined });
      }
    }
    await refuse(quoteAttempts);
  }, PLAY);

  it("only the settler's word moves the claim, and the seller cannot sell it again", async () => {
    await playChapters('payout', 'payout');
    expect(await (await network.as('bank')).holdings.openHolding(ids.passedOn)).toMatchObject({ owner: 'BankMSP', state: 'financed', assignments: [{ to: 'FarmMSP' }, { from: 'FarmMSP', to: 'BankMSP', registrationReference: story.financing.registrationReference }] });
    await refuse(payoutAttempts);
  }, PLAY);

  it('a recall follows the goods and bars new finance, but takes nothing from whoever holds the claim', async () => {
    const before = await (await network.as('bank')).holdings.openHolding(ids.passedOn);
    await playChapters('recall', 'recall');
    const regulator = await network.as('regulator');
    for (const lot of ['freshA', 'dried', 'hotpotBase'] as const) expect((await regulator.recalls.recallFlags(canonicalId(story.lots[lot]))).map(({ recallId }) => recallId)).toContain(story.recall.id);
    for (const lot of ['freshB', 'freshC', 'driedSecond', 'chili', 'oil'] as const) expect(await regulator.recalls.recallFlags(canonicalId(story.lots[lot]))).toEqual([]);
    await refuse(recallAttempts);
    expect(await (await network.as('bank')).holdings.openHolding(ids.passedOn)).toEqual(before);
  }, PLAY);

  meanwhile();

  it('at its due date every unit is paid to whoever holds it, and the books balance', async () => {
    await playChapters('settlement', 'settlement');
    const balance = await balanceOf(stage);
    expect(balance).toMatchObject({ balanced: true, face: BigInt(story.certificate.face), paidIn: balance.paidOut });
    expect(balance.lines.map(({ owner, state }) => ({ owner, state }))).toEqual(expect.arrayContaining([{ owner: 'ProcessorMSP', state: 'redeemed' }, { owner: 'BankMSP', state: 'redeemed' }]));
    expect(await (await network.as('brand')).certificates.requireCertificate(ids.certificate)).toMatchObject({ state: 'settled' });
  }, PLAY);

  it('announces each step as an event, in order, to every member', async () => {
    const expected = ['issueCertificate', 'confirmCertificate', 'acceptCertificate', 'splitHolding', 'offerTransfer', 'acceptTransfer', 'requestQuotes', 'submitQuote', 'submitQuote', 'acceptQuote', 'openPayout', 'confirmPayout', 'declareDue', 'presentForSettlement', 'settleHoldings', 'settleHoldings', 'closeCertificate'];
    const announced: string[] = [];
    for await (const { verb, ids: { certificate } } of (await network.as('carrier')).events.stream({ from: 'earliest' }, { signal: AbortSignal.timeout(PLAY) })) {
      if (certificate === ids.certificate) announced.push(verb);
      if (announced.at(-1) === 'closeCertificate') break;
    }
    expect(announced).toEqual(expected);
  }, PLAY);

  it('keeps what is sealed with those who may read it, and the search for it would find it elsewhere', async () => {
    expect(await network.unusedMarkers()).toEqual([]);
    const [{ blocks }] = (await network.ledgers()) as [AuditedLedger];
    expect(findLeaks([{ value: story.shipment.id, label: 'something public', readers: [] }], exposedBy('', blocks)).length).toBeGreaterThan(0);
  }, PLAY);

  it('leaves a ledger on which the obligor can prove every invariant of its certificate', async () => {
    const reports = await network.audit();
    const brand = reports.find(({ mspId }) => mspId === 'BrandMSP')!;
    for (const invariant of ['1', '2', '3', '4', '5', '8', '12', '18']) {
      const verdict = brand.verdicts.find((each) => each.invariant === invariant)!;
      expect({ invariant, holds: verdict.holds, checked: verdict.checked > 0, unseen: verdict.unseen }).toEqual({ invariant, holds: true, checked: true, unseen: 0 });
    }
  }, PLAY);
}

/** What is sealed in the story, as it would be recognised, with those who may read it. */
function sealedValuesOf(stage: Stage): SealedMarker[] {
  const { story } = stage;
  const msp = (...actors: Actor[]) => actors.map((actor) => stage.mspId(actor));
  const { certificate, invoice, financing, transfer, split } = story;
  const financiers = financing.quotes.map(({ financier }) => financier);
  return [
    { value: invoice.number, label: 'number of the invoice', readers: msp('brand', 'processor') },
    // Also the last unit of the part that was passed on.
    { value: `"${certificate.face}"`, label: 'face of the certificate', readers: msp('brand', 'processor', 'clearing', transfer.to, ...financiers) },
    ...story.orders.map(({ id, buyer, supplier, lines }) => ({ value: `"unitPrice":"${lines[0]!.unitPrice}"`, label: `unit price of ${id}`, readers: msp(buyer, supplier) })),
    ...financing.quotes.map(({ id, financier, payout }) => ({ value: payout, label: `pay-out of ${id}`, readers: msp('farm', financier, ...(id === financing.accepted ? (['clearing'] as const) : [])) })),
    { value: split.parts[0]!.amount, label: 'where the holding was split', readers: msp('brand', 'processor', 'clearing') },
  ];
}
