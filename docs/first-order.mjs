/**
 * Two organisations trade on a network that runs: the brand orders, the processor accepts, and an outsider sees that
 * there is an order but not what it is worth.
 *
 *   scripts/network.sh up && scripts/network.sh deploy
 *   npm run build
 *   node docs/first-order.mjs              (or: node docs/first-order.mjs FOLDER, the network's --dir)
 */
import { connect, defaultChannelPolicy, DualchainError, formatAmount } from '@dualchain/client';

const folder = process.argv[2] ?? 'network/out';
const as = (organisation) => connect({ profile: `${folder}/${organisation}`, user: 'maker' });
const [brand, processor, bank] = await Promise.all(['brand', 'processor', 'bank'].map(as));

try {
  // Once for each network: the members of the profile found the consortium. Doing it again changes nothing.
  const members = brand.session.members.map(({ mspId, name, gln, roles }) => ({ mspId, name, gln, roles }));
  await brand.consortium.bootstrap({
    members,
    policy: { ...defaultChannelPolicy, currencies: ['CNY'], voteThreshold: Math.floor(members.length / 2) + 1 },
  });

  const orderId = `PO-${Date.now()}`;
  await brand.orders.issueOrder({
    orderId,
    supplier: 'ProcessorMSP',
    expiresAt: new Date(Date.now() + 7 * 86_400_000),
    currency: 'CNY',
    matchPolicy: 'three-way',
    lines: [{ line: 1, gtin: '09524002500012', quantity: '40000', unit: 'KGM', unitPrice: 2500n }],
  });
  const { state } = await processor.orders.acceptOrder({ orderId });
  console.log(`${orderId} is ${state}`);

  const { terms } = await processor.orders.openOrder(orderId);
  console.log(`the processor reads: ${terms.lines[0].quantity} kg at ${formatAmount(terms.lines[0].unitPrice, terms.currency)}`);
  console.log(`the bank reads: ${(await bank.orders.openOrder(orderId)).terms ?? 'nothing of the terms'}`);

  // A refusal is one typed error that says what to do.
  await processor.orders.acceptOrder({ orderId }).catch((error) => {
    if (!(error instanceof DualchainError)) throw error;
    console.log(`a second acceptance: ${error.code}`);
  });
} finally {
  for (const client of [brand, processor, bank]) client.close();
}
