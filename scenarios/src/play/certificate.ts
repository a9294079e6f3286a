import type { Chapter } from './step';
import { daysAhead } from './trade';

/** The obligor turns its accepted invoice into a certificate. */
export const certificate: Chapter<'certificate'> = {
  name: 'certificate',
  title: 'The debt becomes a certificate',
  text: 'Its units are numbered from 1 to its face, so ownership is a set of ranges. Maker proposes, checker confirms, supplier consents.',
  async *steps(stage) {
    const { id, obligor, supplier, settler, firstHolding } = stage.story.certificate;
    yield await stage.take({ name: `issueCertificate ${id}`, actor: obligor, verb: 'certificates.issueCertificate', title: `proposes certificate ${id} over the invoice` }, (client) =>
      client.certificates.issueCertificate({ certificateId: id, supplier: stage.mspId(supplier), settler: stage.mspId(settler), invoiceIds: [stage.story.invoice.id], dueDate: new Date(Date.now() + stage.tenorSeconds * 1000), firstHoldingId: firstHolding }),
    );
    yield await stage.take({ name: `confirmCertificate ${id}`, actor: obligor, user: 'checker', verb: 'certificates.confirmCertificate', title: `confirms ${id}` }, (client) => client.certificates.confirmCertificate({ certificateId: id }));
    yield await stage.take({ name: `acceptCertificate ${id}`, actor: supplier, verb: 'certificates.acceptCertificate', title: `accepts ${id}; its holding ${firstHolding} is free` }, (client) => client.certificates.acceptCertificate({ certificateId: id }));
  },
};

/** The supplier splits its claim and pays its own supplier with a part of it. */
export const transfer: Chapter<'transfer'> = {
  name: 'transfer',
  title: 'The claim reaches the farm',
  text: 'The processor pays its own supplier with a part of the claim. The transfer names their order, locks the holding, and counts when accepted.',
  async *steps(stage) {
    const { split, transfer: passed } = stage.story;
    yield await stage.take({ name: `splitHolding ${split.holding}`, actor: passed.from, verb: 'holdings.splitHolding', title: `splits ${split.holding} into ${split.parts.map(({ id }) => id).join(' and ')}` }, (client) =>
      client.holdings.splitHolding({ holdingId: split.holding, parts: split.parts.map(({ id, amount }) => ({ holdingId: id, amount })) }),
    );
    yield await stage.take({ name: `offerTransfer ${passed.holding}`, actor: passed.from, verb: 'holdings.offerTransfer', title: `offers ${passed.holding} to the ${passed.to} for ${passed.order}` }, (client) =>
      client.holdings.offerTransfer({ holdingId: passed.holding, receiver: stage.mspId(passed.to), tradeReference: { type: 'order', id: passed.order }, expiresAt: daysAhead(7) }),
    );
    yield await stage.take({ name: `acceptTransfer ${passed.holding}`, actor: passed.to, verb: 'holdings.acceptTransfer', title: `accepts ${passed.holding} and owns it` }, (client) => client.holdings.acceptTransfer({ holdingId: passed.holding }));
  },
};
