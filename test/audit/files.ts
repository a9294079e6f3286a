import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { common } from '@hyperledger/fabric-protos';
import { main } from '../../client/src/cli/main';
import type { Dualchain } from '../../client/src';
import { alteredChaincodeBundle, chaincodeBundle } from '../../scenarios/src/altered-chaincode';
import { forge } from '../../scenarios/src/play';
import { offerToFarm, orderUpstream, tradeToCertificate } from '../support/deal';
import type { Deal } from '../support/deal';
import { root } from '../support/data';
import type { Slug, TestNetwork } from '../support/network';
import { chainAgain, openFile, replaceIn, writeFile } from './ledger-file';

interface Found {
  readonly holds: boolean;
  readonly first?: { readonly invariant: string; readonly block: string; readonly transactionId: string; readonly message: string };
  readonly breaks: readonly { readonly invariant: string; readonly transactionId: string }[];
  readonly ledgers: readonly { readonly mspId: string; readonly height: string; readonly transactions: number; readonly lastBlockHash: string; readonly damage?: string; readonly verdicts: readonly { readonly invariant: string; readonly holds: boolean; readonly checked: number; readonly unseen: number }[] }[];
  readonly notVerified: readonly string[];
}

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process. */
async function dualchain(...argv: string[]): Promise<Outcome> {
  const written = { out: '', err: '' };
  const code = await main(argv, { write: (text) => void (written.out += text), error: (text) => void (written.err += text), colour: false });
  return { code, ...written };
}

async function audit(...argv: string[]): Promise<{ readonly code: number; readonly found: Found }> {
  const { code, out } = await dualchain('audit', '--json', ...argv);
  return { code, found: JSON.parse(out) as Found };
}

/** Exports, offline audits, and what altered files and altered chaincode look like to an auditor. */
export function auditSuite(network: TestNetwork): void {
  let scratch: string;
  let deal: Deal;
  const file = (slug: string) => path.join(scratch, `${slug}.ledger`);
  const exported = async (slug: Slug, name: string = slug): Promise<string> => {
    await network.inStep();
    expect(await dualchain('audit', 'export', '--profile', network.network.profileDirectory(slug), '--out', file(name))).toMatchObject({ code: 0, err: '' });
    return file(name);
  };
  /** Block and transaction of a verb, on the ledger that `brand` has. */
  const find = async (verb: string) => {
    const { blocks } = (await network.ledgers()).find(({ mspId }) => mspId === network.mspId('brand'))!;
    const transaction = blocks.flatMap((block) => block.transactions.map((each) => ({ block: Number(block.number), index: each.index, id: each.id, verb: each.args[0]?.toString() ?? '', valid: each.valid }))).find((each) => each.verb.endsWith(`:${verb}`) && each.valid);
    return transaction!;
  };

  beforeAll(async () => {
    scratch = mkdtempSync(path.join(os.tmpdir(), 'dualchain-audit-'));
    deal = await tradeToCertificate(network);
    await orderUpstream(network, deal);
    const processor: Dualchain = await network.as('processor');
    const [part, rest] = [`${deal.holdingId}-1`, `${deal.holdingId}-2`];
    await processor.holdings.splitHolding({ holdingId: deal.holdingId, parts: [{ holdingId: part, amount: 1000n }, { holdingId: rest, amount: deal.face - 1000n }] });
    await processor.holdings.offerTransfer(offerToFarm(network, deal, part));
    await network.inStep();
    await (await network.as('farm')).holdings.acceptTransfer({ holdingId: part });
    for (const slug of ['brand', 'bank'] as const) await exported(slug);
  }, 240_000);
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it('proves two exported ledgers, and says what it could not see', async () => {
    const { code, found } = await audit(file('brand'), file('bank'));
    expect({ code, first: found.first }).toEqual({ code: 0, first: undefined });
    const [brand, bank] = found.ledgers;
    const height = String(await network.height('brand'));
    expect([brand, bank]).toMatchObject([{ mspId: network.mspId('brand'), height }, { mspId: network.mspId('bank'), height }]);
    expect(bank!.lastBlockHash).toBe(brand!.lastBlockHash);
    const verdict = (ledger: typeof brand, invariant: string) => ledger!.verdicts.find((each) => each.invariant === invariant)!;
    // The obligor sees every claim on its certificate; the bank, which has no part in it, sees none of the amounts.
    expect(verdict(brand, '3')).toMatchObject({ holds: true, unseen: 0 });
    expect(verdict(bank, '1')).toMatchObject({ checked: 0 });
    expect(verdict(bank, '1').unseen).toBeGreaterThan(0);
    expect(verdict(bank, 'principle 4').checked).toBe(verdict(brand, 'principle 4').checked);
    expect(verdict(bank, 'signatures')).toMatchObject({ holds: true, unseen: 0 });
    expect(verdict(bank, 'signatures').checked).toBeGreaterThan(3 * found.ledgers[0]!.transactions);
  });

  it('audits a peer, and prints the proof for people', async () => {
    const { code, out, err } = await dualchain('audit', '--profile', network.network.profileDirectory('bank'), '--user', 'auditor');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/Live and redeemed ranges of a certificate/);
    expect(out).toMatch(new RegExp(`BankMSP .*\\n {2}${await network.height('bank')} blocks, \\d+ transactions; \\d+ facts checked, \\d+ unseen`));
    expect(out).toMatch(/last block {2}[0-9a-f]{64}\n/);
    expect(out).toMatch(/Not verified:\n.*validation flags/);
    expect(out.trim().split('\n').at(-1)).toMatch(/^Every invariant holds on this ledger/);
  });

  it('keeps what it exports from other users of the machine', () => {
    expect(statSync(file('bank')).mode & 0o777).toBe(0o600);
  });

  it('runs as it is typed', () => {
    const out = execFileSync(process.execPath, [path.join(root, 'scripts/dualchain.mjs'), 'audit', '--json', file('bank')], { encoding: 'utf8' });
    expect((JSON.parse(out) as Found).holds).toBe(true);
  });

  it('finds an altered byte, with its block and its transaction', async () => {
    const { block, index, id } = await find('splitHolding');
    const opened = openFile(file('brand'));
    const envelopes = opened.blocks[block]!.getBlock()!.getData()!.getDataList_asU8();
    const bytes = new Uint8Array(envelopes[index]!);
    // A byte within the signature of the sender, which is the last field of an envelope.
    bytes[bytes.length - 1]! ^= 1;
    envelopes[index] = bytes;
    opened.blocks[block]!.getBlock()!.getData()!.setDataList(envelopes);
    const { code, found } = await audit(writeFile(file('altered'), opened));
    expect(code).toBe(1);
    expect(found.first).toMatchObject({ invariant: 'signatures', block: String(block), transactionId: id });
    expect(found.breaks).toContainEqual(expect.objectContaining({ invariant: '14', block: String(block) }));
    // Without a new digest at the end the file also says that it was changed.
    const lines = readFileSync(file('altered'), 'utf8').split('\n');
    writeFileSync(file('altered'), [...lines.slice(0, -2), readFileSync(file('brand'), 'utf8').split('\n').at(-2)!, ''].join('\n'));
    expect((await audit(file('altered'))).found).toMatchObject({ first: { transactionId: id }, ledgers: [{ damage: expect.stringContaining('digest') }] });
  });

  it('finds a write that was forged with all hashes made to fit', async () => {
    const { block, index, id } = await find('acceptTransfer');
    const opened = openFile(file('brand'));
    // The owner that the block writes is turned into somebody else; the chain of hashes is computed again.
    expect(replaceIn(opened.blocks[block]!.getBlock()!, index, `"owner":"${network.mspId('farm')}"`, `"owner":"${network.mspId('bank')}"`)).toBe(true);
    chainAgain(opened.blocks);
    const { code, found } = await audit(writeFile(file('forged'), opened));
    expect({ code, first: found.first }).toMatchObject({ code: 1, first: { block: String(block), transactionId: id } });
    expect(found.breaks.filter(({ invariant }) => invariant === '14')).toEqual([]);
    expect(found.breaks).toContainEqual(expect.objectContaining({ invariant: 'signatures', transactionId: id }));
    expect(found.breaks).toContainEqual(expect.objectContaining({ invariant: 'principle 4', transactionId: id }));
    // Compared with the bank's ledger the first block that differs is told too.
    expect((await audit(file('forged'), file('bank'))).found.breaks).toContainEqual(expect.objectContaining({ invariant: 'agreement', block: String(block) }));
  });

  it('finds sealed data that is not what the block has the hash of', async () => {
    const { block, id } = await find('issueCertificate');
    const opened = openFile(file('brand'));
    const item = opened.blocks[block]!;
    const [[index, set]] = [...item.getPrivateDataMapMap().entries()] as [[number, NonNullable<ReturnType<ReturnType<typeof item.getPrivateDataMapMap>['get']>>]];
    const collection = set.getNsPvtRwsetList()[0]!.getCollectionPvtRwsetList()[0]!;
    const bytes = Buffer.from(collection.getRwset_asU8());
    const at = bytes.indexOf('"face":"') + '"face":"'.length;
    expect(at).toBeGreaterThan(10);
    bytes[at] = bytes[at] === 0x39 ? 0x31 : 0x39;
    collection.setRwset(new Uint8Array(bytes));
    item.getPrivateDataMapMap().set(index, set);
    const { code, found } = await audit(writeFile(file('unsealed'), opened));
    expect({ code, breaks: found.breaks }).toMatchObject({ code: 1, breaks: expect.arrayContaining([expect.objectContaining({ invariant: '14', transactionId: id, message: expect.stringMatching(/private value/) })]) });
  });

  it('finds a validation flag that one organisation has otherwise than the others', async () => {
    const { block, index, id } = await find('offerTransfer');
    const opened = openFile(file('bank'));
    const metadata = opened.blocks[block]!.getBlock()!.getMetadata()!;
    const slots = metadata.getMetadataList_asU8();
    const flags = new Uint8Array(slots[common.BlockMetadataIndex.TRANSACTIONS_FILTER]!);
    flags[index] = 11;
    slots[common.BlockMetadataIndex.TRANSACTIONS_FILTER] = flags;
    metadata.setMetadataList(slots);
    const { code, found } = await audit(file('brand'), writeFile(file('flagged'), opened));
    expect(code).toBe(1);
    expect(found.breaks).toContainEqual(expect.objectContaining({ invariant: 'agreement', block: String(block), transactionId: id, message: 'BankMSP says MVCC_READ_CONFLICT where BrandMSP says VALID' }));
  });

  it('refuses what is no evidence, and says why', async () => {
    const text = readFileSync(file('bank'), 'utf8');
    const lines = text.split('\n');
    const write = (name: string, content: string) => {
      writeFileSync(file(name), content);
      return file(name);
    };
    const opened = openFile(file('bank'));
    const without = { ...opened, blocks: opened.blocks.filter((_, index) => index !== 5) };
    const cases: [string, RegExp][] = [
      [write('empty', ''), /is empty/],
      [write('cut', lines.slice(0, 7).join('\n')), /line 7: the file is truncated/],
      [write('cut-line', text.slice(0, Math.floor(text.length / 2))), /truncated/],
      [write('other', '{"a":1}\n'), /does not begin with the header/],
      [write('newer', text.replace('"version":1', '"version":2')), /version 2/],
      [write('garbled', text.replace(/"block":"..../, '"block":"!!!!')), /line 2: .*base64/],
      [writeFile(file('removed'), without), /block 6 follows block 4/],
      [writeFile(file('headless'), { ...opened, blocks: opened.blocks.slice(3) }), /begins with block 3/],
      [writeFile(file('foreign'), { ...opened, header: { ...opened.header, mspId: 'StrangerMSP' } }), /StrangerMSP, which is no member/],
      [path.join(scratch, 'nowhere'), /no file or folder/],
      [write('binary', '\u0001\u0002\u0003'), /no ledger file/],
    ];
    for (const [name, message] of cases) {
      const { code, err } = await dualchain('audit', name);
      expect({ name: path.basename(name), code, err }).toEqual({ name: path.basename(name), code: 2, err: expect.stringMatching(message) as unknown });
    }
    expect(await dualchain('audit')).toMatchObject({ code: 2, err: expect.stringMatching(/Nothing to audit/) as unknown });
    expect(await dualchain('audit', '--what')).toMatchObject({ code: 2 });
    expect(await dualchain('audit', '--profile', scratch)).toMatchObject({ code: 2, err: expect.stringMatching(/INVALID_PROFILE/) as unknown });
    expect(await dualchain('audit', 'export', '--out', file('none'))).toMatchObject({ code: 2, err: expect.stringMatching(/--profile/) as unknown });
  });

  it('reads the files of peer channel fetch, in which everything sealed is unseen', async () => {
    const folder = path.join(scratch, 'blocks');
    mkdirSync(folder);
    const { blocks } = openFile(file('brand'));
    for (const [number, item] of blocks.entries()) writeFileSync(path.join(folder, `dualchain_${number}.block`), item.getBlock()!.serializeBinary());
    const { code, found } = await audit(folder);
    expect({ code, first: found.first }).toEqual({ code: 0, first: undefined });
    const hashed = (await network.ledgers())[0]!.steps.slice(0, found.ledgers[0]!.transactions).reduce((sum, { hashes }) => sum + hashes.length, 0);
    expect(found.ledgers[0]!.verdicts.find(({ invariant }) => invariant === '14')).toMatchObject({ unseen: hashed });
    rmSync(path.join(folder, 'dualchain_5.block'));
    expect(await dualchain('audit', folder)).toMatchObject({ code: 2, err: expect.stringMatching(/block 6 follows block 4/) as unknown });
    writeFileSync(path.join(folder, 'dualchain_5.block'), Buffer.from(blocks[5]!.getBlock()!.serializeBinary()).subarray(0, 200));
    expect(await dualchain('audit', folder)).toMatchObject({ code: 2, err: expect.stringMatching(/dualchain_5\.block is neither/) as unknown });
  });

  it('finds what colluding organisations wrote with altered chaincode', async () => {
    const colluders = ['processor', 'bank'] as const;
    const mspIds = colluders.map((slug) => network.mspId(slug));
    const holdingId = `${deal.holdingId}-invented`;
    await Promise.all(colluders.map((slug) => network.network.replaceChaincode(network.mspId(slug), alteredChaincodeBundle())));
    const { transactionId, blockNumber } = await forge(await network.as('bank'), 'inventHolding', { holdingId, certificateId: deal.certificateId, obligor: network.mspId('brand'), owner: network.mspId('bank'), currency: 'CNY', from: '1', to: '9', collections: mspIds }, mspIds).finally(() => Promise.all(colluders.map((slug) => network.network.replaceChaincode(network.mspId(slug), chaincodeBundle()))));
    network.tolerate('principle 4', transactionId);
    for (const slug of ['regulator', 'brand'] as const) {
      const { code, found } = await audit(await exported(slug, `${slug}-later`));
      expect({ code, first: found.first }).toMatchObject({ code: 1, first: { invariant: 'principle 4', block: blockNumber.toString(), transactionId, message: expect.stringMatching(new RegExp(`${holdingId} .*not genuine`)) } });
      expect(found.breaks).toHaveLength(1);
    }
    const { code, out } = await dualchain('audit', file('regulator-later'));
    expect(code).toBe(1);
    expect(out).toMatch(new RegExp(`Broken: invariant principle 4.*\\n.*RegulatorMSP\\n {2}block {7}${blockNumber}\\n {2}transaction ${transactionId}\\n`));
  }, 120_000);
}
