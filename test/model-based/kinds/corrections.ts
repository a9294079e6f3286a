import { users } from '../actors';
import { all, deadline, unless } from '../attempt';
import type { Kind } from '../attempt';
import type { Picker } from '../picker';
import type { ModelInvoice } from '../objects';
import { DAY } from '../world';
import type { World } from '../world';
import { dateOf, differsFrom, invoiceRuling, orderEnded, standingOf } from './invoices';
import { anyone, endOfProposal, proposer, receiver } from './proposals';
import type { Ending } from './proposals';

const rematchInvoice: Kind = {
  name: 'rematchInvoice',
  weight: 3,
  propose: (world, pick) => {
    const invoice = pick.mostly(world.invoices, ({ state }) => state === 'exception');
    if (invoice === undefined) return undefined;
    const by = users(pick, [invoice.order.supplier, invoice.order.obligor]);
    return {
      verb: 'rematchInvoice',
      by,
      what: invoice.id,
      refusals: [...invoiceRuling('rematchInvoice', invoice, by.slug), ...unless(!orderEnded(invoice), 'WRONG_STATE')],
      call: (client) => client.invoices.rematchInvoice({ invoiceId: invoice.id }),
      apply: () => compare(world, invoice),
    };
  },
};

/** The invoice compared anew with the order of now. */
function compare(world: World, invoice: ModelInvoice): void {
  invoice.differs = differsFrom(world, invoice, invoice);
  invoice.state = standingOf(invoice);
}

/** Opens a proposal on an invoice. */
function propose(invoice: ModelInvoice, proposer: ModelInvoice['order']['obligor'], proposal: Pick<NonNullable<ModelInvoice['proposal']>, 'kind' | 'expiresAt'> & Partial<NonNullable<ModelInvoice['proposal']>>): void {
  const { obligor, supplier } = invoice.order;
  invoice.proposal = { ...proposal, proposer, receiver: proposer === obligor ? supplier : obligor, prior: invoice.state };
  invoice.state = `${proposal.kind} proposed`;
}

function soonOrLater(world: World, pick: Picker): number {
  return Date.now() + (pick.rarely(3) ? world.soon() : DAY);
}

/** The supplier takes off a part, now and then without saying all of it. */
const proposeCreditNote: Kind = {
  name: 'proposeCreditNote',
  weight: 3,
  propose: (world, pick) => {
    const invoice = pick.mostly(world.invoices, ({ state, total }) => (state === 'exception' || state === 'disputed') && total > 1n);
    if (invoice === undefined || invoice.total < 2n) return undefined;
    const by = users(pick, [invoice.order.supplier]);
    // Of what was divided, amounts are no longer quantity times price.
    const whole = invoice.partOf === undefined && invoice.divided !== true;
    if (whole && invoice.quantity < 2n) return undefined;
    const quantity = whole ? pick.amount(invoice.quantity - 1n) : invoice.quantity;
    const total = whole ? quantity * invoice.unitPrice : pick.amount(invoice.total - 1n);
    const wrong = pick.oddly(8);
    const expiresAt = soonOrLater(world, pick);
    const id = world.id('CN');
    return {
      verb: 'proposeCreditNote',
      by,
      what: `${id} of ${invoice.id} to ${total}`,
      ...all(invoiceRuling('proposeCreditNote', invoice, by.slug), unless(!wrong, 'AMOUNT_MISMATCH'), deadline('EXPIRED', 'late', expiresAt)),
      call: (client) =>
        client.invoices.proposeCreditNote({ invoiceId: invoice.id, creditNoteId: id, expiresAt: new Date(expiresAt), number: id, issueDate: dateOf(world), amount: invoice.total - total + (wrong ? 1n : 0n), lines: [{ line: 1, quantity: quantity.toString(), unit: 'KGM', unitPrice: invoice.unitPrice, amount: total }] }),
      apply: () => propose(invoice, by.slug, { kind: 'credit note', expiresAt, quantity, total }),
    };
  },
};

const proposeWaiver: Kind = {
  name: 'proposeWaiver',
  weight: 3,
  propose: (world, pick) => {
    const invoice = pick.mostly(world.invoices, ({ state }) => state === 'exception');
    if (invoice === undefined) return undefined;
    const by = users(pick, [invoice.order.obligor], 'checker');
    const expiresAt = soonOrLater(world, pick);
    return {
      verb: 'proposeWaiver',
      by,
      what: invoice.id,
      ...all(invoiceRuling('proposeWaiver', invoice, by.slug), unless(by.user === 'checker', 'WRONG_ROLE'), deadline('EXPIRED', 'late', expiresAt)),
      call: (client) => client.invoices.proposeWaiver({ invoiceId: invoice.id, expiresAt: new Date(expiresAt), reason: 'It was agreed by telephone.' }),
      apply: () => propose(invoice, by.slug, { kind: 'waiver', expiresAt }),
    };
  },
};

/** The whole invoice, or a part of it, which becomes an invoice of its own. */
const disputeInvoice: Kind = {
  name: 'disputeInvoice',
  weight: 3,
  propose: (world, pick) => {
    const invoice = pick.mostly(world.invoices, ({ state }) => ['matched', 'exception', 'blocked', 'approved'].includes(state));
    if (invoice === undefined) return undefined;
    const by = users(pick, [invoice.order.supplier, invoice.order.obligor]);
    const inPart = pick.rarely(2) && invoice.quantity > 1n && invoice.total > 1n;
    const taken = inPart ? pick.amount(invoice.quantity - 1n) : 0n;
    const priced = taken * invoice.unitPrice;
    const amount = pick.rarely(8) ? invoice.total : priced < invoice.total ? priced : invoice.total - 1n;
    const refusals = [...invoiceRuling('disputeInvoice', invoice, by.slug), ...unless(!inPart || invoice.partOf === undefined, 'INVALID_INPUT'), ...unless(!inPart || amount < invoice.total, 'AMOUNT_MISMATCH'), ...unless(!inPart || !invoice.differs || !orderEnded(invoice), 'WRONG_STATE')];
    if (!inPart) {
      return {
        verb: 'disputeInvoice',
        by,
        what: invoice.id,
        refusals,
        call: (client) => client.invoices.disputeInvoice({ invoiceId: invoice.id, reason: 'Not what was delivered.' }),
        apply: () => {
          invoice.state = 'disputed';
        },
      };
    }
    const { order, unitPrice, differs } = invoice;
    const part: ModelInvoice = { id: world.id('INV'), order, unitPrice, submitted: 0n, partOf: invoice, quantity: taken, total: amount, state: 'disputed', differs, resembles: false, divided: true };
    return {
      verb: 'disputeInvoice',
      by,
      what: `${amount} of ${invoice.id} as ${part.id}`,
      refusals,
      call: (client) => client.invoices.disputeInvoice({ invoiceId: invoice.id, partId: part.id, reason: 'A part was spoilt.', lines: [{ line: 1, quantity: taken.toString(), amount }] }),
      apply: () => {
        Object.assign(invoice, { quantity: invoice.quantity - taken, total: invoice.total - amount, divided: true });
        if (differs) invoice.differs = differsFrom(world, invoice, invoice);
        invoice.state = standingOf(invoice);
        world.invoices.push(part);
      },
    };
  },
};

const proposeResolution: Kind = {
  name: 'proposeResolution',
  weight: 4,
  propose: (world, pick) => {
    const invoice = pick.mostly(world.invoices, ({ state }) => state === 'disputed');
    if (invoice === undefined) return undefined;
    const by = users(pick, [invoice.order.supplier, invoice.order.obligor]);
    const outcome = pick.rarely(3) ? 'cancelled' : 'matched';
    const expiresAt = soonOrLater(world, pick);
    return {
      verb: 'proposeResolution',
      by,
      what: `${invoice.id} ${outcome}`,
      ...all(invoiceRuling('proposeResolution', invoice, by.slug), deadline('EXPIRED', 'late', expiresAt)),
      call: (client) => client.invoices.proposeResolution({ invoiceId: invoice.id, outcome, expiresAt: new Date(expiresAt) }),
      apply: () => propose(invoice, by.slug, { kind: 'resolution', expiresAt, outcome }),
    };
  },
};

const proposed: readonly ModelInvoice['state'][] = ['credit note proposed', 'waiver proposed', 'resolution proposed'];

const changes = {
  acceptCreditNote: { weight: 6, from: ['credit note proposed'], who: receiver, expiry: 'before' },
  acceptWaiver: { weight: 6, from: ['waiver proposed'], who: receiver, expiry: 'before' },
  acceptResolution: { weight: 6, from: ['resolution proposed'], who: receiver, expiry: 'before' },
  refuseInvoiceChange: { weight: 1, from: proposed, who: receiver },
  withdrawInvoiceChange: { weight: 1, from: proposed, who: proposer },
  expireInvoiceChange: { weight: 4, from: proposed, who: anyone, expiry: 'after' },
} as const satisfies Readonly<Record<string, Pick<Ending<ModelInvoice>, 'weight' | 'from' | 'who' | 'expiry'>>>;

/** How a proposed change of an invoice ends. */
function endChange(verb: keyof typeof changes): Kind {
  const accepts = verb.startsWith('accept');
  return endOfProposal<ModelInvoice>({
    verb,
    ...changes[verb],
    among: ({ invoices }) => invoices,
    verdict: (invoice, slug) => [...invoiceRuling(verb, invoice, slug), ...unless(!accepts || invoice.proposal?.outcome === 'cancelled' || !orderEnded(invoice), 'WRONG_STATE')],
    call: (client, invoiceId) => client.invoices[verb]({ invoiceId }),
    apply: (invoice, _slug, world) => {
      const { proposal } = invoice;
      invoice.proposal = undefined;
      if (proposal === undefined) return;
      if (!accepts) invoice.state = proposal.prior;
      else if (proposal.outcome === 'cancelled') invoice.state = 'cancelled';
      else if (proposal.kind === 'credit note') {
        Object.assign(invoice, { quantity: proposal.quantity ?? invoice.quantity, total: proposal.total ?? invoice.total });
        compare(world, invoice);
      } else {
        invoice.differs = false;
        invoice.state = standingOf(invoice);
      }
    },
  });
}

export const correctionKinds: readonly Kind[] = [
  rematchInvoice, proposeCreditNote, proposeWaiver, disputeInvoice, proposeResolution,
  endChange('acceptCreditNote'), endChange('acceptWaiver'), endChange('acceptResolution'), endChange('refuseInvoiceChange'), endChange('withdrawInvoiceChange'), endChange('expireInvoiceChange'),
];
