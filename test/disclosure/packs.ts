import { readFileSync } from 'node:fs';
import type { Dualchain, TrustedRoots, Verification } from '../../client/src';
import { verifyDisclosure } from '../../client/src';
import type { DisclosurePack } from '../../model/src';
import { canonicalId } from '../../model/src';
import { saltedFields } from '../../model/src/disclosure';
import { document, event, offerToFarm, orderUpstream, tradeToCertificate } from '../support/deal';
import type { Deal } from '../support/deal';
import type { TestNetwork } from '../support/network';

/** What a pack shows to anyone who takes it apart: its text, and everything base64 in it decoded. */
export function everythingIn(pack: DisclosurePack): string {
  const text = JSON.stringify(pack);
  return [text, ...[...text.matchAll(/"([A-Za-z0-9+/]{8,}={0,2})"/g)].map(([, base64]) => Buffer.from(base64!, 'base64').toString('latin1'))].join('\n');
}

/** Packs made on a running network and verified without it. */
export function disclosureSuite(network: TestNetwork): void {
  let deal: Deal;
  let roots: TrustedRoots;
  let processor: Dualchain;
  const proven = (pack: unknown, options = {}): Extract<Verification, { verified: true }> => {
    const verification = verifyDisclosure(JSON.stringify(pack), { roots, ...options });
    if (!verification.verified) throw new Error(`${verification.failed.check}: ${verification.failed.reason}`);
    return verification;
  };

  beforeAll(async () => {
    deal = await tradeToCertificate(network);
    processor = await network.as('processor');
    roots = await processor.disclosures.channelRoots();
  }, 240_000);

  it('shows chosen fields of an invoice, proved by the roots of the consortium alone', async () => {
    const { pack, shown, hidden, witnesses } = await processor.disclosures.disclose({ type: 'invoice', id: deal.invoiceId, fields: ['total', 'currency'] });
    expect(shown).toEqual(['currency', 'total']);
    expect(hidden).toEqual(expect.arrayContaining(['number', 'lines', 'issueDate']));
    const { statement, proved, notProved, checks } = proven(pack, { now: new Date() });
    expect(statement.record).toEqual({ type: 'invoice', id: deal.invoiceId, fields: [{ name: 'currency', value: 'CNY' }, { name: 'total', value: deal.face.toString() }], hidden: hidden.length });
    expect(statement.object).toEqual({ type: 'invoice', attributes: [deal.invoiceId] });
    expect(statement.value).toMatchObject({ id: deal.invoiceId, obligor: network.mspId('brand'), supplier: network.mspId('processor') });
    expect(statement.transaction).toMatchObject({ channel: 'dualchain', chaincode: 'dualchain', endorsedBy: expect.arrayContaining([network.mspId('brand'), network.mspId('processor')]) as unknown });
    expect(statement.standing.by).toEqual([...witnesses].sort());
    expect(witnesses).toEqual(expect.arrayContaining([network.mspId('brand'), network.mspId('processor'), network.mspId('regulator')]));
    expect(await processor.transactions.status(statement.transaction.id)).toMatchObject({ valid: true, blockNumber: BigInt(statement.position.block) });
    expect(statement.block).toMatchObject({ orderedBy: ['OrdererMSP'], otherTransactions: 0 });
    const block = (await network.blocks('regulator'))[Number(statement.position.block)]!;
    expect(statement.block!.hash).toBe(block.hash);
    expect(checks.map(({ outcome }) => outcome)).toEqual(Array<string>(7).fill('passed'));
    expect(proved.join('\n')).toContain(`invoice:${deal.invoiceId}`);
    expect(notProved.join('\n')).toContain('still so');
  });
}

export { canonicalId, document, event, offerToFarm, orderUpstream, readFileSync, saltedFields };
