import { canonicalId, certificateTerms, channelPolicy, eventLinks, invoiceTerms, orderTerms, parseEpcisDocument, parseKey, priceOf, quoteTerms, receiptTerms, shipmentTerms, validateEvent } from '@dualchain/model';
import type { EventLinks } from '@dualchain/model';
import { loadTopology } from '@dualchain/network';
import path from 'node:path';
import { loadStory, scenariosFolder } from './load-story';
import { cast } from './story';

const story = loadStory();
const topology = loadTopology(path.join(scenariosFolder(), '..', 'network', 'consortium.yaml'));
const inputs = story.captures.map((capture) => ({ ...capture, input: parseEpcisDocument(story.documents[capture.file]) }));
const linksIn = (file: string): EventLinks[] => {
  const input = parseEpcisDocument(story.documents[file]);
  return input.events.map(({ event }) => eventLinks(event, input.context));
};
const allLinks = story.captures.flatMap(({ file }) => linksIn(file));
const sum = (amounts: readonly string[]) => amounts.reduce((total, amount) => total + BigInt(amount), 0n);

describe('EPCIS documents of the story', () => {
  test.each(inputs)('$file holds valid events only', ({ input }) => {
    expect(input.events.flatMap(({ event, index, path: at }) => validateEvent(event, input.context, { index, path: at }))).toEqual([]);
  });

  test('events are reported in the order in which they happened, per reporter', () => {
    for (const { input } of inputs) {
      const times = input.events.map(({ event }) => eventLinks(event, input.context).time);
      expect(times).toEqual([...times].sort());
    }
  });

  test('every lot and pallet of the trade data is in the events, and Digital Link and URN meet', () => {
    const subjects = new Set(allLinks.flatMap((links) => links.subjects));
    for (const id of [...Object.values(story.lots), ...Object.values(story.pallets)]) expect(subjects).toContain(canonicalId(id));
    expect(canonicalId(story.lots.hotpotBase)).toBe(canonicalId(story.lots.hotpotBaseDigitalLink));
  });

  test('nothing is consumed that did not exist, and no more than was made', () => {
    const made = new Map<string, number>();
    for (const links of allLinks) for (const { id, quantity } of [...(links.action === 'ADD' && links.type === 'ObjectEvent' ? links.classes : []), ...links.outputQuantities]) made.set(id, (made.get(id) ?? 0) + Number(quantity));
    for (const links of allLinks) for (const { id, quantity } of links.inputQuantities) {
      made.set(id, (made.get(id) ?? Number.NEGATIVE_INFINITY) - Number(quantity));
      expect(made.get(id)).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('trade data of the story', () => {
  const order = story.orders.find(({ id }) => id === story.invoice.order)!;

  test('actors are the organisations of the default topology, with the roles they need', () => {
    expect(topology.organisations.map(({ slug }) => slug).sort()).toEqual([...cast].sort());
    const roles = (slug: string) => topology.organisations.find((organisation) => organisation.slug === slug)!.roles;
    expect(roles(story.certificate.obligor)).toContain('obligor');
    expect(roles(story.certificate.settler)).toContain('settler');
    expect(roles(story.shipment.carrier)).toContain('carrier');
    for (const { financier } of story.financing.quotes) expect(roles(financier)).toContain('financier');
    expect(roles(story.attestation.author)).toContain('inspector');
    expect(roles(story.recall.author)).toContain('inspector');
  });

  test('terms have the shapes of the model', () => {
    const { currency } = story;
    expect(() => channelPolicy.parse(story.policy)).not.toThrow();
    for (const { matchPolicy, lines } of story.orders) expect(() => orderTerms.parse({ currency, matchPolicy, lines: lines.map(({ description: _, ...line }) => line) })).not.toThrow();
    expect(() => shipmentTerms.parse({ lines: story.shipment.lines.map(({ line, lot, quantity, unit }) => ({ line, lot, quantity, unit })) })).not.toThrow();
    expect(() => receiptTerms.parse({ lines: story.shipment.lines.map(({ line, lot, accepted, rejected, unit }) => ({ line, lot, accepted, rejected, unit })) })).not.toThrow();
    const { number, issueDate, lines, total } = story.invoice;
    expect(() => invoiceTerms.parse({ number, issueDate, currency, lines, total })).not.toThrow();
    expect(() => certificateTerms.parse({ face: story.certificate.face, currency, invoices: [{ id: story.invoice.id, amount: total }] })).not.toThrow();
    for (const { id: _, financier: __, ...terms } of story.financing.quotes) expect(() => quoteTerms.parse(terms)).not.toThrow();
  });

  test('order, shipment, receipt and invoice agree to the unit', () => {
    for (const line of story.shipment.lines) {
      const ordered = order.lines.find((each) => each.line === line.line)!;
      expect({ quantity: line.quantity, unit: line.unit, accepted: line.accepted }).toEqual({ quantity: ordered.quantity, unit: ordered.unit, accepted: ordered.quantity });
      expect(parseKey(line.lot)?.value).toBe(ordered.gtin);
    }
    for (const { line, quantity, unitPrice, amount } of story.invoice.lines) {
      expect(unitPrice).toBe(order.lines.find((each) => each.line === line)!.unitPrice);
      expect(priceOf(quantity, BigInt(unitPrice)).toString()).toBe(amount);
    }
    expect(sum(story.invoice.lines.map(({ amount }) => amount)).toString()).toBe(story.invoice.total);
  });

  test('the certificate is the invoice, the parts are the certificate, and every holding is paid once', () => {
    expect(story.certificate.face).toBe(story.invoice.total);
    expect(sum(story.split.parts.map(({ amount }) => amount)).toString()).toBe(story.certificate.face);
    expect(story.split.holding).toBe(story.certificate.firstHolding);
    expect(story.settlement.flatMap(({ holdings }) => holdings).sort()).toEqual(story.split.parts.map(({ id }) => id).sort());
    const financier = story.financing.quotes.find(({ id }) => id === story.financing.accepted)!.financier;
    expect(story.settlement.find(({ holdings }) => holdings.includes(story.financing.holding))!.owner).toBe(financier);
    const references = [story.financing.paymentReference, ...story.settlement.map(({ paymentReference }) => paymentReference)];
    expect(new Set(references).size).toBe(references.length);
  });

  test('what is passed on is what the farm is owed, under an order between the two', () => {
    const reference = story.orders.find(({ id }) => id === story.transfer.order)!;
    expect([reference.buyer, reference.supplier]).toEqual([story.transfer.from, story.transfer.to]);
    const owed = reference.lines.reduce((total, { quantity, unitPrice }) => total + priceOf(quantity, BigInt(unitPrice)), 0n);
    expect(story.split.parts.find(({ id }) => id === story.transfer.holding)!.amount).toBe(owed.toString());
  });

  test('a quote pays face less interest and fee, exactly', () => {
    const face = BigInt(story.split.parts.find(({ id }) => id === story.financing.holding)!.amount);
    for (const { rateBps, advanceBps, fee, payout } of story.financing.quotes) {
      const advance = (face * BigInt(advanceBps)) / 10_000n;
      const interest = (advance * BigInt(rateBps) * BigInt(story.financing.pricedForDays)) / (10_000n * 360n);
      expect(payout).toBe((advance - interest - BigInt(fee)).toString());
    }
  });

  test('shipping, arrival and receiving events name goods of the shipment, in this order', () => {
    const { shippingFile, arrivalFile, receivingFile, lines } = story.shipment;
    const [shipping, arrival, receiving] = [shippingFile, arrivalFile, receivingFile].map((file) => linksIn(file).map(({ bizStep }) => bizStep));
    expect([shipping, arrival, receiving]).toEqual([['shipping'], ['loading', 'arriving'], ['receiving']]);
    const goods = new Set(linksIn(shippingFile).flatMap(({ subjects }) => subjects));
    for (const { lot } of lines) expect(goods).toContain(canonicalId(lot));
    for (const links of [...linksIn(arrivalFile), ...linksIn(receivingFile)]) expect(links.subjects.some((subject) => goods.has(subject))).toBe(true);
  });
});
