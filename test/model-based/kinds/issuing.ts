import { certificateTable } from '../../../model/src';
import { mspIdOf, users } from '../actors';
import { all, deadline, fine, ruling, unless } from '../attempt';
import type { Kind } from '../attempt';
import type { ModelCertificate, ModelHolding, ModelInvoice, World } from '../world';

const LATER = 30 * 86_400_000;

function partiesOf({ obligor, supplier, settler }: ModelCertificate) {
  return { obligor, supplier, settler, firstHolder: supplier };
}

/** A certificate over one or two invoices of one supplier, now and then over one that is not free for it. */
const issueCertificate: Kind = {
  name: 'issueCertificate',
  weight: 6,
  propose: (world, pick) => {
    const first = pick.mostly(world.invoices, ({ state }) => state === 'accepted');
    if (first === undefined) return undefined;
    const { obligor, supplier } = first.order;
    const second = pick.rarely(3) ? world.invoices.find((invoice) => invoice !== first && invoice.state === 'accepted' && invoice.order.supplier === supplier && invoice.order.obligor === obligor) : undefined;
    const invoices = second === undefined ? [first] : [first, second];
    const by = users(pick, [obligor]);
    const face = invoices.reduce((sum, { total }) => sum + total, 0n);
    const id = world.id('C');
    const dueAt = Date.now() + ((world.certificates.length === 0 ? world.dueSoon : pick.rarely(2)) ? 2 * world.soon() : LATER);
    const certificate: ModelCertificate = { id, obligor, supplier, settler: 'clearing', invoices, face, dueAt, firstHoldingId: `H-${id}`, proposedBy: `${by.slug}/${by.user}`, state: 'proposed' };
    return {
      verb: 'issueCertificate',
      by,
      what: `${id} over ${invoices.map((invoice) => invoice.id).join(' and ')}`,
      refusals: [
        // A supplier that buys, too, is no obligor of the consortium.
        ...unless(by.slug === 'brand' && by.user === 'maker', 'WRONG_ROLE', 'OPENING_REQUIRED'),
        ...unless(by.slug === obligor, 'NOT_A_PARTY', 'OPENING_REQUIRED', 'NOT_GENUINE'),
        ...unless(invoices.every(({ state }) => state === 'accepted'), 'WRONG_STATE', 'INVOICE_ALREADY_USED'),
      ],
      call: (client) => client.certificates.issueCertificate({ certificateId: id, supplier: mspIdOf(supplier), settler: mspIdOf('clearing'), invoiceIds: invoices.map((invoice) => invoice.id), dueDate: new Date(dueAt), firstHoldingId: certificate.firstHoldingId }),
      apply: () => {
        world.certificates.push(certificate);
        for (const invoice of invoices) Object.assign(invoice, { state: 'certified', certificateId: id } satisfies Partial<ModelInvoice>);
        world.holdings.push({ id: certificate.firstHoldingId, certificate, from: 1n, to: face, owner: supplier, state: 'locked', tier: 0 });
      },
    };
  },
};

const confirmCertificate: Kind = {
  name: 'confirmCertificate',
  weight: 6,
  propose: (world, pick) => {
    const certificate = pick.mostly(world.certificates, ({ state }) => state === 'proposed');
    if (certificate === undefined) return undefined;
    const by = users(pick, [certificate.obligor], 'checker');
    return {
      verb: 'confirmCertificate',
      by,
      what: certificate.id,
      refusals: [...ruling(certificateTable, 'confirmCertificate', certificate.state, partiesOf(certificate), by.slug), ...unless(by.user === 'checker', 'WRONG_ROLE')],
      call: (client) => client.certificates.confirmCertificate({ certificateId: certificate.id }),
      apply: () => {
        certificate.state = 'issued';
      },
    };
  },
};

function answer(verb: 'acceptCertificate' | 'refuseCertificate' | 'withdrawCertificate', weight: number): Kind {
  return {
    name: verb,
    weight,
    propose: (world, pick) => {
      const certificate = pick.mostly(world.certificates, ({ state }) => state === 'issued');
      if (certificate === undefined) return undefined;
      const by = users(pick, [verb === 'withdrawCertificate' ? certificate.obligor : certificate.supplier]);
      const first = firstHoldingOf(world, certificate);
      const late = verb === 'acceptCertificate' ? deadline('EXPIRED', 'late', certificate.dueAt) : fine;
      return {
        verb,
        by,
        what: certificate.id,
        ...all(ruling(certificateTable, verb, certificate.state, partiesOf(certificate), by.slug), late),
        call: (client) => client.certificates[verb]({ certificateId: certificate.id }),
        apply: () => {
          certificate.state = verb === 'acceptCertificate' ? 'active' : 'cancelled';
          first.state = verb === 'acceptCertificate' ? 'free' : 'cancelled';
          if (certificate.state === 'cancelled') for (const invoice of certificate.invoices) release(invoice);
        },
      };
    },
  };
}

function release(invoice: ModelInvoice): void {
  invoice.state = 'accepted';
  delete invoice.certificateId;
}

function firstHoldingOf(world: World, certificate: ModelCertificate): ModelHolding {
  const first = world.holdings.find(({ id }) => id === certificate.firstHoldingId);
  if (first === undefined) throw new RangeError(`The model lost the first holding of ${certificate.id}.`);
  return first;
}

export const issuingKinds: readonly Kind[] = [issueCertificate, confirmCertificate, answer('acceptCertificate', 6), answer('refuseCertificate', 1), answer('withdrawCertificate', 1)];
