import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { connect } from '../../client/src';
import { DualchainError, errorCatalogue, errorFromWire, verbs } from '../../model/src';
import type { ErrorCode, Verb } from '../../model/src';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { EmbeddedNetwork } from '../../network/src/embedded';
import { NetworkError } from '../../network/src';
import { loadTopology, withEphemeralPorts } from '../../network/src/topology';
import { certificateOf, document, event, offerToFarm, tradeToCertificate } from '../support/deal';
import type { Deal } from '../support/deal';
import { root } from '../support/data';
import { describeOn } from '../support/engines';
import { withNetwork } from '../support/network';
import type { Slug, TestNetwork } from '../support/network';

const TRY = 60_000;

describeOn('embedded', 'bad input', () => {
  const network = withNetwork('embedded');
  let deal: Deal;
  let scratch: string;
  beforeAll(async () => {
    scratch = mkdtempSync(path.join(os.tmpdir(), 'dualchain-bad-'));
    deal = await tradeToCertificate(network);
  }, 120_000);
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  /** Refused with this code and a way out, and not a bit of the ledger changed, on any peer. */
  const refuses = async (slug: Slug, code: ErrorCode | readonly ErrorCode[], wayOut: RegExp, call: () => Promise<unknown>): Promise<DualchainError> => {
    const before = standing(network);
    const error = await network.refused(slug, code, call);
    expect(error.message).toMatch(wayOut);
    expect(standing(network)).toEqual(before);
    return error;
  };

  describe('of people', () => {
    it('a malformed EPCIS file is named, with what is wrong in it', async () => {
      const { trace } = await network.as('processor');
      const file = (name: string, text: string) => {
        writeFileSync(path.join(scratch, name), text);
        return path.join(scratch, name);
      };
      await refuses('processor', ['INVALID_EPCIS', 'INVALID_INPUT'], /JSON/, () => trace.capture(file('broken.jsonld', '{ "type": "EPCISDocument", ')));
      await refuses('processor', ['INVALID_EPCIS', 'INVALID_INPUT'], /\w/, () => trace.capture(file('list.jsonld', '[1, 2, 3]')));
      await refuses('processor', 'INVALID_INPUT', /missing\.jsonld/, () => trace.capture(path.join(scratch, 'missing.jsonld')));
      const good = event(deal.lot, 'urn:epc:id:sgln:9524002.00200.0', 'storing', 1);
      const bad = { ...good, eventTime: 'yesterday', action: 'TOUCH', readPoint: { id: 'urn:epc:id:sgln:9524002.00200.0' } };
      const error = await refuses('processor', 'INVALID_EPCIS', /\w/, () => trace.capture(document([good, bad])));
      expect(error.details['problems']).toEqual(expect.arrayContaining([expect.objectContaining({ event: 1, path: expect.stringContaining('eventTime') as unknown }), expect.objectContaining({ event: 1, path: expect.stringContaining('action') as unknown })]));
      const proceeded = await trace.capture(document([bad, good]), { mode: 'proceed' });
      expect(proceeded).toMatchObject({ total: 2, captured: [{ index: 1 }], refused: [{ index: 0 }] });
    }, TRY);

    it('an event at the place of another member is refused by the ledger, as a whole', async () => {
      const { trace } = await network.as('processor');
      const error = await refuses('processor', 'INVALID_EPCIS', /\w/, () => trace.capture(document([event(deal.lot, 'urn:epc:id:sgln:9524002.00200.0', 'storing', 2), event(deal.lot, 'urn:epc:id:sgln:9524003.00000.0', 'storing', 1)])));
      expect(JSON.stringify(error.details['problems'])).toContain('BrandMSP');
    }, TRY);

    it('an unknown profile, organisation or user says what is missing and where', async () => {
      for (const options of [{ profile: path.join(scratch, 'nowhere'), user: 'maker' }, { profile: network.network.profileDirectory('brand'), user: 'nobody' }, { profile: network.network.profileDirectory('brand'), user: 'maker', peer: 'peer9' }]) {
        const error = await connect(options).then((dualchain) => dualchain.close(), (reason: unknown) => reason);
        expect(error).toBeInstanceOf(DualchainError);
        expect(error).toMatchObject({ code: 'INVALID_PROFILE', message: expect.stringMatching(/start the network|user name|signcerts|has peer/) as unknown });
      }
    });

    it('a port in use is named, with the ways out, and nothing is left behind', async () => {
      const busy = createServer();
      await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
      const { port } = busy.address() as AddressInfo;
      try {
        const free = await withEphemeralPorts(loadTopology(path.join(root, 'network/consortium.yaml')));
        const [first, ...rest] = free.organisations;
        const topology = { ...free, organisations: [{ ...first!, peers: first!.peers.map((peer) => ({ ...peer, port })) }, ...rest] };
        const directory = path.join(scratch, 'busy');
        const error = await EmbeddedNetwork.start({ topology, directory, ports: 'topology' }).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(NetworkError);
        expect(error).toMatchObject({ code: 'PORT_IN_USE', message: expect.stringMatching(new RegExp(`${port}.*(change the port|ephemeral)`)) as unknown });
        expect(readdirSync(scratch)).not.toContain('busy');
      } finally {
        await new Promise((resolve) => busy.close(resolve));
      }
    }, TRY);

    it('a wrong role is refused with the role that is needed', async () => {
      const { certificateId, holdingId, invoiceId } = deal;
      await refuses('bank', 'WRONG_ROLE', /settler/, async () => (await network.as('bank')).holdings.settleHoldings({ certificateId, holdingIds: [holdingId], paymentReference: 'P-1' }));
      await refuses('brand', 'WRONG_ROLE', /checker/, async () => (await network.as('brand')).invoices.acceptInvoice({ invoiceId }));
      await refuses('carrier', 'WRONG_ROLE', /inspector|authority/, async () => (await network.as('carrier')).recalls.openRecall({ recallId: 'R-no', lot: deal.lot, reasonClass: 'other', reason: 'None.' }));
      await refuses('farm', ['NOT_A_PARTY', 'WRONG_ROLE'], /ProcessorMSP|owner/, async () => (await network.as('farm')).holdings.offerTransfer({ ...offerToFarm(network, deal, holdingId), receiver: network.mspId('bank') }));
    }, TRY);

    it('a too small amount is refused before anything is sent', async () => {
      const { holdings } = await network.as('processor');
      const { holdingId, face } = deal;
      for (const amount of [0n, -1n, '0', '0.5', '']) {
        await refuses('processor', ['AMOUNT_TOO_SMALL', 'INVALID_INPUT'], /minor unit/, () => holdings.splitHolding({ holdingId, parts: [{ holdingId: `${holdingId}-x`, amount }, { holdingId: `${holdingId}-y`, amount: face }] }));
      }
      await refuses('processor', 'AMOUNT_TOO_SMALL', /at least one minor unit/, () => holdings.splitHolding({ holdingId, parts: [{ holdingId: `${holdingId}-x`, amount: 0n }, { holdingId: `${holdingId}-y`, amount: face }] }));
      await refuses('processor', 'AMOUNT_MISMATCH', /add up|exact|sum|minor unit/, () => holdings.splitHolding({ holdingId, parts: [{ holdingId: `${holdingId}-x`, amount: 1n }, { holdingId: `${holdingId}-y`, amount: face }] }));
    }, TRY);

    it('a second acceptance is refused, of an invoice and of a certificate', async () => {
      const { certificateId, invoiceId, holdingId } = deal;
      await refuses('brand', 'INVOICE_ALREADY_ACCEPTED', /\w/, async () => (await network.as('brand', 'checker')).invoices.acceptInvoice({ invoiceId }));
      await refuses('processor', 'WRONG_STATE', /active/, async () => (await network.as('processor')).certificates.acceptCertificate({ certificateId }));
      await refuses('brand', 'INVOICE_ALREADY_USED', new RegExp(invoiceId), async () => (await network.as('brand')).certificates.issueCertificate({ ...certificateOf(network, deal), certificateId: `${certificateId}-2`, firstHoldingId: `${holdingId}-2` }));
    }, TRY);

    it('what does not exist, and what is too early, is named', async () => {
      await refuses('bank', 'NOT_FOUND', /H-none/, async () => (await network.as('bank')).holdings.openHolding('H-none'));
      await refuses('brand', 'NOT_FOUND', /INV-none/, async () => (await network.as('brand')).invoices.approveInvoice({ invoiceId: 'INV-none' }));
      await refuses('brand', 'NOT_YET', /\d{4}-\d\d-\d\d/, async () => (await network.as('brand')).certificates.declareDue({ certificateId: deal.certificateId }));
    }, TRY);
  });

  describe('of machines', () => {
    /** Wrong in every way that a caller or an attacker may think of. */
    const junk: readonly [string, unknown][] = [
      ['nothing', undefined],
      ['null', null],
      ['a number', 7],
      ['text', 'x'],
      ['a list', [1]],
      ['an unknown field', { surprise: true }],
      ['a poisoned prototype', JSON.parse('{"__proto__": {"admin": true}, "constructor": {"prototype": {"admin": true}}}')],
      ['deep nesting', deep(10_000)],
      ['a long text', { id: 'x'.repeat(100_000), orderId: 'x'.repeat(100_000), holdingId: 'x'.repeat(100_000) }],
      ['a part of another key', everyId('a\u0000b')],
      ['the last character of keys', everyId('a\u{10ffff}')],
      ['half a character', everyId('\ud800')],
      ['a path', everyId('../../etc')],
    ];

    it.each(junk)('every function of the SDK refuses %s with a typed error', async (_what, value) => {
      const before = standing(network);
      const dualchain = await network.as('processor');
      const unanswered: string[] = [];
      for (const room of ['consortium', 'attestations', 'orders', 'shipments', 'invoices', 'certificates', 'holdings', 'quotes', 'recalls', 'trace'] as const) {
        for (const [name, call] of Object.entries(dualchain[room] as unknown as Record<string, (input: unknown) => unknown>)) {
          const outcome = await settled(() => call(value));
          if (outcome instanceof DualchainError ? outcome.code === 'INTERNAL' : outcome instanceof Error || writes(name)) unanswered.push(`${room}.${name}: ${outcome instanceof Error ? `${outcome.name} ${outcome.message.slice(0, 120)}` : 'accepted it'}`);
        }
      }
      expect(unanswered).toEqual([]);
      expect(standing(network)).toEqual(before);
    }, TRY);

    it.each(junk.filter(([, value]) => value !== undefined))('every verb of the chaincode refuses %s with a code of the catalogue', async (_what, value) => {
      const before = standing(network);
      const { session, chaincode } = await network.as('processor');
      const contract = session.connection.network().getContract(chaincode);
      const argument = stringify(value);
      const unanswered: string[] = [];
      for (const verb of Object.values(verbs).flatMap((room): Verb[] => Object.values(room))) {
        const sealed = verb.sealed === undefined ? {} : { transientData: { sealed: argument } };
        const outcome = await settled(() => contract.evaluate(`${verb.contract}:${verb.name}`, { arguments: [argument], ...sealed }));
        const code = outcome instanceof GatewayError ? errorFromWire([outcome.message, ...outcome.details.map(({ message }) => message)].find((text) => errorFromWire(text) !== undefined) ?? '')?.code : undefined;
        if (code === undefined || !(code in errorCatalogue) || code === 'INTERNAL') unanswered.push(`${verb.contract}:${verb.name}: ${outcome instanceof Error ? `${code ?? ''} ${outcome.message.slice(0, 160)}` : 'accepted it'}`);
      }
      expect(unanswered).toEqual([]);
      expect(standing(network)).toEqual(before);
    }, TRY);
  });
});

/** State hash and height of every peer: equal before and after exactly if nothing was written. */
function standing({ embedded, organisations }: TestNetwork): unknown {
  return organisations.map(({ mspId }) => [mspId, embedded.ledger(mspId).height, embedded.ledger(mspId).stateHash()]);
}

async function settled(call: () => unknown): Promise<unknown> {
  try {
    const answer = await call();
    if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer) for await (const _ of answer as AsyncIterable<unknown>) break;
    return answer;
  } catch (error) {
    return error;
  }
}

/** Whether a function of the SDK must not take junk without a word: all but questions without a parameter of their own. */
function writes(name: string): boolean {
  return !/^(get|members|motions|policy|orders|shipments|invoices|certificates|myHoldings)/.test(name);
}

function deep(levels: number): unknown {
  let value: unknown = {};
  for (let level = 0; level < levels; level++) value = { a: value };
  return value;
}

function everyId(id: string): Record<string, unknown> {
  return Object.fromEntries(['id', 'orderId', 'shipmentId', 'invoiceId', 'certificateId', 'holdingId', 'quoteId', 'recallId', 'attestationId', 'mspId', 'lot', 'supplier'].map((field) => [field, id]));
}

/** JSON text of a value, however deep. */
function stringify(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return `${'{"a":'.repeat(10_000)}{}${'}'.repeat(10_000)}`;
  }
}
