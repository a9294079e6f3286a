import { sha256Hex } from '../../model/src';
import { ahead } from '../support/deal';
import { whenTime } from '../support/time';
import { bought, claim, HOUR, pledge, sell } from './lanes';
import type { Cast, Due } from './lanes';

/** Parts of the certificate by the state in which they fall due. */
const names = ['netted', 'paid', 'free', 'financed', 'twice', 'offered', 'quotes', 'locked', 'early', 'netting', 'replaced', 'pledge', 'secured', 'pledged', 'agreed', 'sold'] as const;
/** Parts that are still owed in one of the states from which they are paid or put into escrow. */
const payable = ['free', 'financed', 'offered', 'quotes', 'locked', 'early', 'netting', 'replaced', 'pledge', 'secured', 'pledged'] as const;

/** A certificate that is not paid in time, with a holding in every state in which a debt can fall due. */
export async function dueLane(cast: Cast): Promise<void> {
  const { as, done, tried, soon } = cast;
  const [brand, farm, bank, clearing, regulator, carrier] = [await as('brand'), await as('farm'), await as('bank'), await as('clearing'), await as('regulator'), await as('carrier')];
  const due = await claim(cast, names, () => soon(20));
  const { certificateId, part } = due;
  await prepare(cast, due);
  const at = { certificateId };
  const settle = (...parts: readonly string[]) => () => clearing.holdings.settleHoldings({ ...at, holdingIds: parts.map(part), paymentReference: `SET-${part(parts[0]!)}` });
  const settlePart = (name: string) => () => clearing.settlements.settlePart({ ...at, holdingId: part(name), paidHoldingId: `${part(name)}-p`, restHoldingId: `${part(name)}-r`, paymentReference: `PART-${part(name)}`, amount: 1_019n });
  const escrow = (name: string) => () => clearing.freezes.payIntoEscrow({ ...at, holdingIds: [part(name)], paymentReference: `ESC-${part(name)}` });
  const present = () => farm.certificates.presentForSettlement({ ...at, holdingIds: [part('financed')] });
  const tally = (...parts: readonly string[]) => () => brand.certificates.tallyCertificate({ ...at, holdingIds: parts.map(part) });

  await whenTime(() => done(carrier.certificates.declareDue(at)));
  await done(brand.certificates.presentForSettlement({ ...at, holdingIds: names.slice(1).map(part) }));
  await tried(present, tally('netted'), () => carrier.certificates.declareOverdue(at), ...payable.map((name) => settle(name)), ...payable.filter((name) => name !== 'pledged').map(settlePart));

  await done(settle('paid')());
  await tried(present, settle('free'), settlePart('free'), tally('netted', 'paid'));
  await done(carrier.certificates.declareOverdue(at));
  await tried(present, settle('free'), () => regulator.certificates.declareDefault({ ...at, orderId: `D-${certificateId}` }));
  await done(tally('netted', 'paid')());
  await done(settlePart('free')());
  await done(farm.certificates.declareDefault({ ...at, holdingId: part('financed') }));
  await tried(present, settle('free-r'), settlePart('free-r'));

  const [once, twice] = [{ holdingId: part('financed') }, { holdingId: part('twice') }];
  await Promise.all([done(farm.holdings.claimRecourse(once)), done(bank.holdings.claimRecourse(twice))]);
  await tried(settle('financed'), settlePart('financed'), () => clearing.holdings.buyBack({ ...twice, paymentReference: `BB-X-${certificateId}` }));
  await done(farm.holdings.withdrawRecourse(once));
  await done(clearing.holdings.buyBack({ ...twice, paymentReference: `BB-${certificateId}` }));
  await done(farm.holdings.claimRecourse(once));
  await tried(settle('twice'), settlePart('twice'), () => farm.holdings.claimRecourse(twice));

  const order = { scopeType: 'certificate' as const, scopeId: certificateId, orderId: `F-${certificateId}` };
  await done(regulator.freezes.freezeCertificate({ ...at, orderId: order.orderId, reason: 'insolvency', endsAt: ahead(HOUR) }));
  await tried(...payable.filter((name) => name !== 'free').map(escrow), escrow('twice'), escrow('agreed'), escrow('sold'), escrow('free-r'));
  const [deposited] = (await done(escrow('free-r')())).holdings;
  await done(clearing.freezes.sealDeposit({ digest: deposited!.escrow!.deposit }));
  const kept = { holdingId: part('free-r') };
  await done(regulator.freezes.directEscrow({ ...kept, orderId: `B-${certificateId}`, beneficiary: cast.msp('bank') }));
  await done(regulator.freezes.liftFreeze({ ...order, liftedBy: `${order.orderId}-lifted` }));
  await done(clearing.freezes.releaseEscrow({ ...kept, paymentReference: `REL-${certificateId}` }));
}

/** Everything that must have happened before the certificate falls due. */
async function prepare(cast: Cast, { certificateId, part }: Due): Promise<void> {
  const { as, msp, done, tried } = cast;
  const [brand, processor, regulator] = [await as('brand'), await as('processor'), await as('regulator')];
  const at = { certificateId };
  await done(regulator.disputes.suspendCertificate({ ...at, orderId: `S-${certificateId}`, reason: 'fraud', endsAt: ahead(HOUR) }));
  await done(processor.disputes.agreeCancellation({ holdingId: part('agreed') }));
  await done(regulator.disputes.resolveDispute({ ...at, disputeId: `S-${certificateId}`, orderId: `S-${certificateId}-over` }));
  await done(brand.certificates.proposeReplacement({ ...at, registry: 'Shanghai Commercial Paper Exchange', documentHash: sha256Hex(certificateId), expiresAt: ahead(HOUR) }));
  const [upstream, sold] = await Promise.all([bought(cast, 'farm', 'processor', `PO-U-${certificateId}`), bought(cast, 'brand', 'processor', `PO-N-${certificateId}`)]);
  await Promise.all([
    done(processor.settlements.offerNetting({ holdingId: part('netted'), tradeReference: sold, expiresAt: ahead(HOUR) })).then(async () => {
      await done(brand.settlements.acceptNetting({ holdingId: part('netted') }));
      await tried(() => brand.certificates.tallyCertificate({ ...at, holdingIds: [part('netted')] }));
    }),
    sell(cast, part('financed'), 'processor', 'farm'),
    sell(cast, part('sold'), 'processor', 'farm'),
    sell(cast, part('twice'), 'processor', 'farm').then(() => sell(cast, part('twice'), 'farm', 'bank')),
    done(processor.holdings.offerTransfer({ holdingId: part('offered'), receiver: msp('farm'), tradeReference: upstream, expiresAt: ahead(HOUR) })),
    sell(cast, part('quotes'), 'processor', 'farm', 'with', 'requested'),
    sell(cast, part('locked'), 'processor', 'farm', 'with', 'locked'),
    done(brand.settlements.offerEarlySettlement({ holdingId: part('early'), offerId: 'E-1', expiresAt: ahead(HOUR), discount: 71n })).then(() => done(processor.settlements.acceptEarlySettlement({ holdingId: part('early'), offerId: 'E-1' }))),
    done(processor.settlements.offerNetting({ holdingId: part('netting'), tradeReference: sold, expiresAt: ahead(HOUR) })),
    done(processor.certificates.agreeToReplacement({ holdingId: part('replaced') })),
    pledge(cast, part('pledge'), 'offered'),
    pledge(cast, part('secured'), 'locked'),
    pledge(cast, part('pledged')),
  ]);
}

/** Certificates that end: without money, and after each of the states of a late payment. */
export async function closingLane(cast: Cast): Promise<void> {
  const { as, done, tried, soon } = cast;
  const [brand, processor, clearing, regulator, carrier] = [await as('brand'), await as('processor'), await as('clearing'), await as('regulator'), await as('carrier')];
  const close = ({ certificateId, holdingId }: Due) => () => brand.certificates.closeCertificate({ certificateId, holdingIds: [holdingId] });
  const netted = async () => {
    const due = await claim(cast, [], () => soon(6));
    const { certificateId, holdingId } = due;
    const tradeReference = await bought(cast, 'brand', 'processor', `PO-N-${certificateId}`);
    await done(processor.settlements.offerNetting({ holdingId, tradeReference, expiresAt: ahead(HOUR) }));
    await done(brand.settlements.acceptNetting({ holdingId }));
    await tried(close(due));
    await whenTime(() => done(carrier.certificates.declareDue({ certificateId })));
    await done(close(due)());
  };
  const paid = async () => {
    const due = await claim(cast, [], () => soon(6));
    const { certificateId, holdingId } = due;
    await whenTime(() => done(carrier.certificates.declareDue({ certificateId })));
    await done(brand.certificates.presentForSettlement({ certificateId, holdingIds: [holdingId] }));
    await done(clearing.holdings.settleHoldings({ certificateId, holdingIds: [holdingId], paymentReference: `SET-${holdingId}` }));
    await tried(close(due));
    await done(carrier.certificates.declareOverdue({ certificateId }));
    await tried(close(due));
    await done(regulator.certificates.declareDefault({ certificateId, orderId: `D-${certificateId}` }));
    await tried(() => clearing.certificates.tallyCertificate({ certificateId, holdingIds: [holdingId] }));
    await done(clearing.certificates.closeCertificate({ certificateId, holdingIds: [holdingId] }));
  };
  await Promise.all([netted(), paid()]);
}

/** A certificate that is replaced, of which a financier holds a part. */
export async function replacementLane(cast: Cast): Promise<void> {
  const { as, done, tried } = cast;
  const [brand, processor, farm, carrier] = [await as('brand'), await as('processor'), await as('farm'), await as('carrier')];
  const { certificateId, part } = await claim(cast, ['a', 'b']);
  await sell(cast, part('b'), 'processor', 'farm');
  const [a, b] = [{ holdingId: part('a') }, { holdingId: part('b') }];
  const propose = () => done(brand.certificates.proposeReplacement({ certificateId, registry: 'Shanghai Commercial Paper Exchange', documentHash: sha256Hex(certificateId), expiresAt: ahead(HOUR) }));
  const agree = () => Promise.all([done(processor.certificates.agreeToReplacement(a)), done(farm.certificates.agreeToReplacement(b))]);
  await propose();
  await agree();
  await tried(() => processor.certificates.endReplacementAgreement(a));
  await done(brand.certificates.withdrawReplacement({ certificateId }));
  await Promise.all([a, b].map((holding) => done(carrier.certificates.endReplacementAgreement(holding))));
  await propose();
  await agree();
  await done(brand.certificates.replaceCertificate({ certificateId, holdingIds: [part('a'), part('b')] }));
}
