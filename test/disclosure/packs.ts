import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { verifyDisclosure } from '../../client/src';
import type { Dualchain, TrustedRoots, Verification, VerifyOptions } from '../../client/src';
import { main } from '../../client/src/cli/main';
import { canonicalId, DualchainError } from '../../model/src';
import type { DisclosurePack } from '../../model/src';
import { saltedFields } from '../../model/src/disclosure';
import { CertificateAuthority } from '../../network/src/pki/authority';
import { root } from '../support/data';
import { document, event, offerToFarm, orderUpstream, tradeToCertificate } from '../support/deal';
import type { Deal } from '../support/deal';
import type { Slug, TestNetwork } from '../support/network';
import { browserBundle, findChromium, verifyInBareEngine, verifyInChromium } from './browser';
import { altered, leavesOf } from './tampering';

// Every verification checks a dozen signatures in JavaScript.
jest.setTimeout(120_000);

type Verified = Extract<Verification, { verified: true }>;

/** What a pack shows to anyone who takes it apart: its text, and everything base64 in it decoded. */
function everythingIn(pack: DisclosurePack): string {
  const text = JSON.stringify(pack);
  return [text, ...[...text.matchAll(/"([A-Za-z0-9+/]{8,}={0,2})"/g)].map(([, base64]) => Buffer.from(base64!, 'base64').toString('latin1'))].join('\n');
}

/** Packs made on a running network and verified without it. */
export function disclosureSuite(network: TestNetwork): void {
  let deal: Deal;
  let roots: TrustedRoots;
  let processor: Dualchain;
  let invoicePack: DisclosurePack;
  let scratch: string;
  const verify = (pack: unknown, options: Partial<VerifyOptions> = {}) => verifyDisclosure(JSON.stringify(pack), { roots, ...options });
  const proven = (pack: unknown, options: Partial<VerifyOptions> = {}): Verified => {
    const verification = verify(pack, options);
    if (!verification.verified) throw new Error(`${verification.failed.check}: ${verification.failed.reason}`);
    return verification;
  };
  const failure = (pack: unknown, options: Partial<VerifyOptions> = {}) => {
    const verification = verify(pack, options);
    return verification.verified ? undefined : verification.failed;
  };
  const dualchain = async (...argv: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> => {
    const written = { out: '', err: '' };
    const code = await main(argv, { write: (text) => void (written.out += text), error: (text) => void (written.err += text), colour: false });
    return { code, ...written };
  };
  const profile = (slug: Slug) => network.network.profileDirectory(slug);
  const file = (name: string) => path.join(scratch, name);

  beforeAll(async () => {
    scratch = mkdtempSync(path.join(os.tmpdir(), 'dualchain-disclosure-'));
    deal = await tradeToCertificate(network);
    processor = await network.as('processor');
    roots = await processor.disclosures.channelRoots();
    invoicePack = (await processor.disclosures.disclose({ type: 'invoice', id: deal.invoiceId, fields: ['total', 'currency'] })).pack;
  }, 240_000);
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

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
    const block = (await network.blocks('regulator'))[Number(statement.position.block)]!;
    expect(statement.block).toEqual({ hash: block.hash, orderedBy: Object.keys(roots.orderers), otherTransactions: 0 });
    expect(checks.map(({ outcome }) => outcome)).toEqual(Array<string>(7).fill('passed'));
    expect(proved.join('\n')).toContain(`invoice:${deal.invoiceId}`);
    expect(notProved.join('\n')).toContain('still so');
  });

  it('holds no hidden value and no salt of a hidden field', async () => {
    const record = (await processor.consortium.getSealedRecord({ type: 'invoice', id: deal.invoiceId }))!;
    const shown = ['total', 'currency', 'type', 'id'];
    const { pack } = await processor.disclosures.disclose({ type: 'invoice', id: deal.invoiceId, fields: shown });
    const exposed = everythingIn(pack);
    const markers = saltedFields(record).flatMap(({ name, value, salt }) => [{ name, text: salt, at: shown.includes(name) }, { name, text: Buffer.from(salt, 'hex').toString('latin1'), at: false }, ...(['number', 'issueDate', 'lines'].includes(name) ? [{ name, text: typeof value === 'string' ? value : JSON.stringify(value), at: false }] : [])]);
    expect(markers).toHaveLength(2 * (Object.keys(record).length - 1) + 3);
    for (const { name, text, at } of [...markers, { name: 'salt', text: record.salt, at: false }, { name: 'unit price', text: `"unitPrice":"${deal.unitPrice}"`, at: false }]) expect({ name, found: exposed.includes(text) }).toEqual({ name, found: at });
  });

  it('shows a holding by its owner, from the transaction that changed it last, and no longer by the one before', async () => {
    await orderUpstream(network, deal);
    const [part, rest] = [`${deal.holdingId}-1`, `${deal.holdingId}-2`];
    await processor.holdings.splitHolding({ holdingId: deal.holdingId, parts: [{ holdingId: part, amount: 1000n }, { holdingId: rest, amount: deal.face - 1000n }] });
    await processor.holdings.offerTransfer(offerToFarm(network, deal, part));
    await network.inStep();
    const farm = await network.as('farm');
    await farm.holdings.acceptTransfer({ holdingId: part });
    const { pack } = await farm.disclosures.disclose({ type: 'holding', id: part, fields: ['from', 'to', 'owner', 'certificateId'] });
    const { statement } = proven(pack);
    expect(statement.record?.fields).toEqual(expect.arrayContaining([{ name: 'owner', value: network.mspId('farm') }, { name: 'certificateId', value: deal.certificateId }]));
    expect(statement.value).toMatchObject({ owner: network.mspId('farm'), state: 'free' });
    expect(statement.transaction.verb).toBe('certificate:acceptTransfer');
    // Not read before the processor's own peer has the transfer.
    await network.inStep();
    await network.refused('processor', 'NOT_GENUINE', () => processor.disclosures.disclose({ type: 'holding', id: part, fields: ['from'] }));
  });

  it('refuses the record of others, fields that there are not, and what has no root', async () => {
    const bank = await network.as('bank');
    await network.refused('bank', 'NOT_FOUND', () => bank.disclosures.disclose({ type: 'invoice', id: deal.invoiceId, fields: ['total'] }));
    await network.refused('processor', 'INVALID_INPUT', () => processor.disclosures.disclose({ type: 'invoice', id: deal.invoiceId, fields: ['price'] }));
    await network.refused('processor', 'INVALID_INPUT', () => processor.disclosures.disclose({ type: 'quantities', id: deal.orderId, fields: ['lines'] }));
    await network.refused('processor', 'NOT_FOUND', () => processor.disclosures.disclose({ type: 'invoice', id: 'INV-NONE', fields: ['total'] }));
    await network.refused('processor', 'INVALID_INPUT', () => processor.disclosures.disclose({ type: 'nothing', id: 'X' }));
    await network.refused('processor', 'INVALID_INPUT', () => processor.disclosures.disclose({ type: 'invoice', id: deal.invoiceId, fields: 'total' as never }));
  });

  it('shows a whole event that the channel sees', async () => {
    const { captured } = await processor.trace.capture(document([event(deal.lot, 'urn:epc:id:sgln:9524002.00200.0', 'storing', 2)]));
    const { eventId } = captured[0]!;
    const { pack, alsoShown, witnesses } = await processor.disclosures.disclose({ type: 'event', id: eventId });
    expect(witnesses.length).toBeGreaterThanOrEqual(2);
    expect(alsoShown.some((name) => name.startsWith('batch/'))).toBe(true);
    const { statement } = proven(pack);
    expect(statement).toMatchObject({ object: { type: 'event', attributes: [eventId] }, value: { id: eventId, reporter: network.mspId('processor'), event: { type: 'ObjectEvent' } } });
    expect(statement.record).toBeUndefined();
    expect(statement.transaction.alsoWrote).toEqual(alsoShown);
  });

  it('shows chosen fields of an event that was sealed to some', async () => {
    const { captured } = await processor.trace.captureSealedEvents(document([event(deal.lot, 'urn:epc:id:sgln:9524002.00200.0', 'packing', 2)]), { parties: [network.mspId('brand')] });
    const { id, eventId } = captured[0]!;
    const { body } = (await processor.trace.getSealedEvent(id))!;
    const record = (await processor.consortium.getSealedRecord({ type: 'sealedEvent', id }))!;
    const step = Object.keys(record).find((name) => name.includes('bizStep'))!;
    const { pack, hidden } = await processor.disclosures.disclose({ type: 'sealedEvent', id, fields: [step] });
    expect(proven(pack).statement).toMatchObject({ object: { type: 'sealedEvent', attributes: [id] }, record: { fields: [{ name: step, value: body!.event['bizStep'] }], hidden: hidden.length } });
    const exposed = everythingIn(pack);
    for (const secret of [eventId, deal.lot, '9524002.00200.0', 'readPoint']) expect({ secret, found: exposed.includes(secret) }).toEqual({ secret, found: false });
    await network.refused('bank', 'NOT_FOUND', async () => (await network.as('bank')).disclosures.disclose({ type: 'sealedEvent', id, fields: [step] }));
  });

  it('goes without the block where others have transactions in it, unless it is wanted', async () => {
    const regulator = await network.as('regulator');
    const attest = async (number: number) => {
      const attestationId = `AT-D-${process.pid}-${number}`;
      await regulator.attestations.attest({ attestationId, subject: { type: 'lot', id: canonicalId(`urn:epc:class:lgtin:9524002.050001.D-${process.pid}-${number}`) }, claim: 'inspected', evidenceHash: 'ab'.repeat(32) });
      return attestationId;
    };
    let number = 0;
    for (let round = 0; round < 20; round += 1) {
      const ids = await Promise.all(Array.from({ length: 6 }, () => attest((number += 1))));
      for (const id of ids) {
        const { pack, otherTransactions } = await regulator.disclosures.disclose({ type: 'attestation', id });
        if (otherTransactions === 0) continue;
        expect(pack.block).toBeUndefined();
        const { statement, checks, notProved } = proven(pack);
        expect(statement.block).toBeUndefined();
        expect(checks.filter(({ outcome }) => outcome === 'absent').map(({ check }) => check)).toEqual(['block', 'ordering']);
        expect(notProved.join('\n')).toContain('without it');
        expect(failure(pack, { blockHash: '00'.repeat(32) })).toMatchObject({ check: 'block' });
        const whole = (await regulator.disclosures.disclose({ type: 'attestation', id, wholeBlock: true })).pack;
        const proof = proven(whole).statement;
        expect(proof.block).toMatchObject({ otherTransactions, orderedBy: Object.keys(roots.orderers) });
        expect(proof.position).toEqual(statement.position);
        // Another order of the same transactions is another block.
        const { before, after } = whole.block!;
        expect(failure({ ...whole, block: { ...whole.block, before: [...before, ...after].reverse(), after: [] } })?.check).toMatch(/^(ordering|standing)$/);
        return;
      }
    }
    throw new Error('no block held two transactions');
  });

  it('answers a challenge, so that nobody can pass off an old pack as new', async () => {
    const { pack } = await processor.disclosures.disclose({ type: 'invoice', id: deal.invoiceId, fields: [], challenge: 'bank of nowhere 7' });
    const { statement } = proven(pack, { challenge: 'bank of nowhere 7' });
    expect(statement).toMatchObject({ record: { fields: [] }, standing: { challenge: 'bank of nowhere 7' } });
    expect(failure(pack, { challenge: 'another' })).toMatchObject({ check: 'standing', reason: 'the pack does not answer your challenge' });
    expect(failure(invoicePack, { challenge: 'bank of nowhere 7' })).toMatchObject({ check: 'standing' });
  });

  it('is refused by whoever asks for more signatures, or trusts others', async () => {
    const few = (await processor.disclosures.disclose({ type: 'invoice', id: deal.invoiceId, fields: ['total'], witnesses: [network.mspId('processor')] })).pack;
    expect(failure(few)).toMatchObject({ check: 'standing', reason: expect.stringContaining('not of 2') as unknown });
    expect(proven(few, { endorsers: 1 }).statement.standing.by).toEqual([network.mspId('processor')]);
    expect(failure(invoicePack, { endorsers: 50 })).toMatchObject({ check: 'endorsements' });
    expect(failure(invoicePack, { now: new Date('2001-01-01') })).toMatchObject({ check: 'transaction' });
    expect(failure(invoicePack, { chaincode: 'other' })).toMatchObject({ check: 'endorsements' });
    expect(failure(invoicePack, { roots: { ...roots, channel: 'other' } })).toMatchObject({ check: 'transaction' });
    // Same names, keys of others.
    const impostor = (await CertificateAuthority.create('ca', 'Impostor')).pair.certificate;
    const replaced = (organisations: TrustedRoots['members'], mspId: string) => ({ ...organisations, [mspId]: { ...organisations[mspId]!, certificates: [impostor] } });
    expect(failure(invoicePack, { roots: { ...roots, members: replaced(roots.members, network.mspId('processor')) } })).toMatchObject({ check: 'endorsements' });
    expect(failure(invoicePack, { roots: { ...roots, members: replaced(roots.members, network.mspId('regulator')) } })).toMatchObject({ check: 'standing' });
    expect(failure(invoicePack, { roots: { ...roots, orderers: replaced(roots.orderers, Object.keys(roots.orderers)[0]!) } })).toMatchObject({ check: 'ordering' });
    expect(failure(invoicePack, { roots: { ...roots, members: Object.fromEntries(Object.entries(roots.members).filter(([mspId]) => mspId !== network.mspId('brand'))) } })?.reason).toContain('not among the members that you trust');
    // Without the roots of orderers the hash of the block is what is compared.
    const { hash } = proven(invoicePack).statement.block!;
    expect(failure(invoicePack, { roots: { ...roots, orderers: {} } })).toMatchObject({ check: 'ordering' });
    expect(proven(invoicePack, { roots: { ...roots, orderers: {} }, blockHash: hash }).statement.block).toMatchObject({ hash, orderedBy: [] });
    expect(failure(invoicePack, { blockHash: '00'.repeat(32) })).toMatchObject({ check: 'ordering' });
  });

  // A pack of one engine is like a pack of the other, and this takes its time.
  if (network.engine === 'embedded') {
    it('says exactly the same or nothing, whatever is changed in it', () => {
      const { statement } = proven(invoicePack);
      const leaves = leavesOf(invoicePack);
      const outcomes = { refused: 0, failed: 0 };
      const check = (pack: unknown) => {
        try {
          const verification = verify(pack);
          if (verification.verified) expect(verification.statement).toEqual(statement);
          else outcomes.failed += 1;
          return verification.verified;
        } catch (error) {
          expect(error).toBeInstanceOf(DualchainError);
          outcomes.refused += 1;
          return false;
        }
      };
      // Every part at least once, then at random places: nothing in it is of no matter.
      const verifiedAnyway = leaves.filter((leaf) => check(leaf.replace(altered(leaf.value, 7))) || check(leaf.replace(null)));
      expect(verifiedAnyway.map((leaf) => leaf.path)).toEqual([]);
      fc.assert(fc.property(fc.nat({ max: leaves.length - 1 }), fc.nat({ max: 1_000_000 }), (index, at) => !check(leaves[index]!.replace(altered(leaves[index]!.value, at)))), { numRuns: 60 });
      expect(outcomes.failed).toBeGreaterThan(60);
      // The text byte by byte: what still verifies (spaces between values) says the same.
      const text = JSON.stringify(invoicePack, undefined, 1);
      fc.assert(
        fc.property(fc.nat({ max: text.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
          const tampered = `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ change)}${text.slice(at + 1)}`;
          try {
            const verification = verifyDisclosure(tampered, { roots });
            if (verification.verified) expect(verification.statement).toEqual(statement);
          } catch (error) {
            expect(error).toBeInstanceOf(DualchainError);
          }
        }),
        { numRuns: 60 },
      );
    });
  }

  it('cannot be put together from two genuine packs', async () => {
    const { pack: order } = await processor.disclosures.disclose({ type: 'order', id: deal.orderId, fields: ['currency'] });
    const parts: (keyof DisclosurePack)[] = ['subject', 'transaction', 'block', 'standing'];
    for (const part of parts) expect({ part, failed: failure({ ...invoicePack, [part]: order[part] }) === undefined }).toEqual({ part, failed: false });
    // An earlier transaction of the same object does not stand any more.
    const { transaction, block } = proven(invoicePack).statement;
    const earlier = (await network.blocks('processor')).flatMap((each) => each.transactions.filter(({ id, valid, writes }) => valid && id !== transaction.id && writes.some(({ value }) => value.includes(`"id":"${deal.invoiceId}"`))).map(({ index }) => ({ block: each, index })))[0]!;
    const { common } = await import('@hyperledger/fabric-protos');
    const raw = common.Block.deserializeBinary(earlier.block.bytes);
    const envelopes = raw.getData()!.getDataList_asU8();
    const old = {
      ...invoicePack,
      transaction: Buffer.from(envelopes[earlier.index]!).toString('base64'),
      block: { number: earlier.block.number.toString(), previousHash: earlier.block.previousHash, signatures: raw.getMetadata()!.getMetadataList_asB64()[common.BlockMetadataIndex.SIGNATURES]!, before: envelopes.slice(0, earlier.index).map((bytes) => Buffer.from(bytes).toString('base64')), after: envelopes.slice(earlier.index + 1).map((bytes) => Buffer.from(bytes).toString('base64')) },
    };
    expect(block).toBeDefined();
    expect(failure(old)).toMatchObject({ check: 'standing' });
  });

  it('is made, saved and verified on the command line', async () => {
    const [pack, trusted] = [file('pack.json'), file('roots.json')];
    expect(await dualchain('roots', '--out', trusted, '--profile', profile('processor'))).toMatchObject({ code: 0, err: '' });
    const made = await dualchain('disclose', 'invoice', deal.invoiceId, '--fields', 'total,currency', '--out', pack, '--profile', profile('processor'));
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toMatch(/shown {5}currency, total\n.*hidden {4}.*number/);
    expect(statSync(pack).mode & 0o777).toBe(0o600);
    const { code, out, err } = await dualchain('verify', pack, '--roots', trusted);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/is verified\.\n\ninvoice INV-.*\n {2}currency {2}CNY\n {2}total {5}\d+\n/);
    expect(out).toContain('✓ The ordering service signed the block');
    expect(out).toMatch(/Proved\n[^]*Peers of .*BrandMSP.* signed that it counts[^]*Not proved\n[^]*Trusting the roots of 8 members and 1 ordering organisation in /);
    expect(out.split('\n').filter((line) => line.length > 140)).toEqual([]);
    const tampered = file('tampered.json');
    writeFileSync(tampered, readFileSync(pack, 'utf8').replace(`"${deal.face}"`, `"${deal.face + 1n}"`));
    const refused = await dualchain('verify', tampered, '--roots', trusted);
    expect(refused.code).toBe(1);
    expect(refused.out).toMatch(/proves nothing\.\n[^]*✗ It wrote the object[^]*The check "object" failed: the fields shown have another Merkle root/);
    expect(await dualchain('verify', trusted, '--roots', trusted)).toMatchObject({ code: 2, err: expect.stringContaining('INVALID_INPUT') as unknown });
    expect(await dualchain('verify', file('none.json'), '--roots', trusted)).toMatchObject({ code: 2 });
    expect(await dualchain('verify', pack, '--roots', scratch)).toMatchObject({ code: 0 });
    expect(await dualchain('verify', pack)).toMatchObject({ code: 2 });
    expect(JSON.parse((await dualchain('verify', pack, '--roots', trusted, '--json')).out)).toMatchObject({ verified: true, statement: { record: { id: deal.invoiceId } } });
    expect(JSON.parse((await dualchain('disclose', 'event', 'none', '--out', pack, '--profile', profile('processor'), '--json')).out)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('runs as it is typed, also where there is no network', () => {
    const [pack, trusted] = [file('pack.json'), file('roots.json')];
    const command = [path.join(root, 'scripts/dualchain.mjs'), 'verify', pack, '--roots', trusted, '--json'];
    expect((JSON.parse(execFileSync(process.execPath, command, { encoding: 'utf8' })) as Verification).verified).toBe(true);
  });

  describe('in a browser', () => {
    let bundle: string;
    const options = () => JSON.stringify({ roots });
    const expected = () => JSON.parse(JSON.stringify(proven(invoicePack))) as unknown;
    beforeAll(async () => {
      bundle = await browserBundle();
    });

    it('verifies in a bare engine without anything of Node', () => {
      expect(verifyInBareEngine(bundle, JSON.stringify(invoicePack), options())).toEqual(expected());
      const tampered = leavesOf(invoicePack).find(({ path: where }) => where === 'transaction')!;
      expect(verifyInBareEngine(bundle, JSON.stringify(tampered.replace(altered(tampered.value, 500))), options())).toMatchObject({ verified: false });
    });

    const chromium = findChromium();
    if (chromium === undefined) process.stderr.write('SKIP disclosure in Chromium: no chromium or google-chrome is installed\n');
    (chromium === undefined ? it.skip : it)('verifies on a page of Chromium', () => {
      expect(verifyInChromium(chromium!, bundle, JSON.stringify(invoicePack), options())).toEqual(expected());
    });
  });
}
