import type { CertificateState } from '../../model/src';
import { mspIdOf } from '../support/organisations';
import { usedOf } from './kinds/crediting';
import type { ModelNetwork } from './network';
import type { ModelCertificate } from './objects';
import type { World } from './world';

/** The first object that stands otherwise on the ledger, as the last audit read it, than in the model; undefined if there is none. */
export async function differenceOf(network: ModelNetwork, world: World): Promise<string | undefined> {
  for (const [object, ledger, model] of [...standings(network, world), ...storedGoods(network, world)]) if (ledger !== model) return `${object} is ${ledger} on the ledger, ${model} in the model`;
  return differenceOfQueries(network, world);
}

type Standing = readonly [object: string, ledger: string, model: string];

/** Every object of the sequence: as it stands, and as it should. */
function* standings(network: ModelNetwork, world: World): Generator<Standing> {
  const ledger = network.stateOf('brand');
  for (const { id, state, proposal, quantity, unitPrice } of world.orders) {
    const found = ledger.get('order', id);
    yield [`order ${id}`, `${found?.state}, ${found?.proposal?.kind ?? 'no proposal'}`, `${state}, ${proposal?.kind ?? 'no proposal'}`];
    const terms = ledger.record('order', id) as { readonly lines?: readonly { readonly quantity: string; readonly unitPrice: string }[] } | undefined;
    // What others order the brand does not see.
    if (terms !== undefined) yield [`the sealed line of order ${id}`, `${terms.lines?.[0]?.quantity} at ${terms.lines?.[0]?.unitPrice}`, `${quantity} at ${unitPrice}`];
  }
  for (const { id, state, certificateId, proposal, total } of world.invoices) {
    const found = ledger.get('invoice', id);
    yield [`invoice ${id}`, `${found?.state}, ${found?.certificateId ?? 'no certificate'}, ${found?.proposal?.kind ?? 'no proposal'}`, `${state}, ${certificateId ?? 'no certificate'}, ${proposal?.kind ?? 'no proposal'}`];
    const terms = ledger.record('invoice', id);
    if (terms !== undefined) yield [`the sealed total of invoice ${id}`, String(terms['total']), String(total)];
  }
  for (const certificate of world.certificates) {
    const { id, state, dispute, replacement } = certificate;
    const found = ledger.get('certificate', id);
    yield [`certificate ${id}`, `${found?.state}, ${found?.dispute?.id ?? 'no dispute'}, ${found?.replacement === undefined ? 'no replacement' : 'replacement'}`, `${state}, ${dispute?.id ?? 'no dispute'}, ${replacement === undefined ? 'no replacement' : 'replacement'}`];
  }
  for (const { id, state, owner, proposal, tier, recourse, standIn, escrow, from, to } of world.holdings) {
    const found = ledger.get('holding', id);
    const links = (all: readonly { readonly from: string; readonly to: string }[]) => all.map((link) => `${link.from}>${link.to}`).join(' ') || 'no recourse';
    yield [`holding ${id}`, `${found?.state} of ${found?.owner}, ${found?.proposal?.kind ?? 'no proposal'}, tier ${found?.tier}, ${links(found?.recourse ?? [])}, ${found?.escrow?.beneficiary ?? 'nobody else'}`, `${state} of ${mspIdOf(owner)}, ${proposal?.kind ?? 'no proposal'}, tier ${tier}, ${links(recourse.map((link) => ({ from: mspIdOf(link.from), to: mspIdOf(link.to) })))}, ${escrow?.beneficiary === undefined ? 'nobody else' : mspIdOf(escrow.beneficiary)}`];
    yield [`the keeper of holding ${id}`, found?.standIn ?? 'the obligor', standIn === undefined ? 'the obligor' : mspIdOf(standIn)];
    const range = network.stateOf(standIn === undefined ? 'brand' : 'regulator').record('holding', id);
    yield [`the sealed range of holding ${id}`, `${String(range?.['from'])}-${String(range?.['to'])}`, `${from}-${to}`];
  }
  for (const { id, holding, state } of world.quotes) yield [`quote ${id}`, `${ledger.get('quote', holding.id, id)?.state}`, state];
  for (const { id, state } of world.loans) yield [`loan ${id}`, `${ledger.get('loan', id)?.state}`, state];
  for (const { id, holding, state } of world.earlyOffers) yield [`early settlement ${id}`, `${ledger.get('earlySettlement', holding.id, id)?.state}`, state];
  for (const { id, certificate, state } of world.disputes) yield [`dispute ${id}`, `${ledger.get('dispute', certificate.id, id)?.state}`, state];
  for (const { id, state } of world.motions) yield [`motion ${id}`, `${ledger.get('motion', id)?.state}`, state];
  for (const order of world.freezes) {
    const scope = order.holding === undefined ? (['certificate', order.certificate.id] as const) : (['holding', order.holding.id] as const);
    yield [`freeze ${order.orderId}`, `${ledger.get('freeze', ...scope, order.orderId)?.state}`, order.lifted ? 'lifted' : 'in force'];
  }
  for (const { line, certificateId, state } of world.reservations) yield [`reservation of ${certificateId}`, `${ledger.get('creditReservation', line.id, certificateId)?.state}`, state];
  for (const line of world.creditLines) {
    const terms = ledger.record('creditLine', line.id);
    yield [`credit line ${line.id}`, `${ledger.get('creditLine', line.id)?.state}, ${String(terms?.['used'])} of ${String(terms?.['limit'])}`, `${line.state}, ${usedOf(world, line)} of ${line.limit}`];
  }
}

/** Receipts and loans against them: what the warehouse and the settler hold of them. */
function* storedGoods(network: ModelNetwork, { receipts, receiptPledges, receiptFreezes }: World): Generator<Standing> {
  const ledger = network.stateOf('carrier');
  for (const { id, state, owner, pledge, hold, quantity } of receipts) {
    const found = ledger.get('receipt', id);
    yield [`receipt ${id}`, `${found?.state} of ${found?.owner}, ${found?.pledgeId ?? 'not pledged'}, held as ${found?.hold?.prior ?? 'nothing'}`, `${state} of ${mspIdOf(owner)}, ${pledge?.id ?? 'not pledged'}, held as ${hold ?? 'nothing'}`];
    yield [`the sealed quantity of receipt ${id}`, String(ledger.record('receiptTerms', id)?.['quantity']), String(quantity)];
  }
  for (const { id, state, call, receipt, substitute, outstanding } of receiptPledges) {
    const found = ledger.get('receiptPledge', id);
    yield [`receipt pledge ${id}`, `${found?.state} on ${found?.receiptId}, called for ${found?.marginCall?.reason ?? 'nothing'}, ${found?.substitute?.receiptId ?? 'no substitute'}`, `${state} on ${receipt.id}, called for ${call?.reason ?? 'nothing'}, ${substitute?.receipt.id ?? 'no substitute'}`];
    yield [`what is owed on receipt pledge ${id}`, String(network.stateOf('clearing').record('receiptLoan', id)?.['outstanding']), String(outstanding)];
  }
  for (const { orderId, receipt, lifted } of receiptFreezes) yield [`freeze ${orderId}`, `${ledger.get('freeze', 'receipt', receipt.id, orderId)?.state}`, lifted ? 'lifted' : 'in force'];
}

/** What queries answer beyond what is written: a due certificate of which a holding was paid is partly settled, and a list of holdings is all of them. */
async function differenceOfQueries(network: ModelNetwork, world: World): Promise<string | undefined> {
  const client = await network.as({ slug: 'regulator', user: 'auditor' });
  for (const certificate of world.certificates) {
    const { state } = await client.certificates.requireCertificate(certificate.id);
    const expected = stateOf(world, certificate);
    if (state !== expected) return `certificate ${certificate.id} is ${state} by a query, ${expected} in the model`;
    const found: string[] = [];
    for await (const { id } of client.holdings.holdingsOf({ certificateId: certificate.id })) found.push(id);
    const known = world.holdingsOf(certificate).map(({ id }) => id);
    if (found.sort().join() !== known.sort().join()) return `the holdings of ${certificate.id} are ${found.join(', ')} by a query, ${known.join(', ')} in the model`;
  }
  return undefined;
}

function stateOf(world: World, certificate: ModelCertificate): CertificateState {
  return certificate.state === 'due' && world.holdingsOf(certificate).some(({ state }) => state === 'redeemed' || state === 'netted') ? 'partly settled' : certificate.state;
}
