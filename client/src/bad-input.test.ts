import { status } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { DualchainError } from '@dualchain/model';
import * as attestations from './attestations';
import { bindRoom } from './bind';
import * as certificates from './certificates';
import * as consortium from './consortium';
import * as creditLines from './credit-lines';
import * as disclosures from './disclosure';
import * as disputes from './disputes';
import * as events from './events';
import * as freezes from './freezes';
import * as holdings from './holdings';
import * as invoices from './invoices';
import * as orders from './orders';
import * as quotes from './quotes';
import * as recalls from './recalls';
import * as receiptPledges from './receipt-pledges';
import * as receipts from './receipts';
import type { Session } from './session';
import { defaultRetry } from './session';
import * as settlements from './settlements';
import * as shipments from './shipments';
import * as trace from './trace';
import * as transactions from './transactions';
import { defaultDeadlines } from './transport/connection';

const rooms = { attestations, certificates, consortium, creditLines, disclosures, disputes, events, freezes, holdings, invoices, orders, quotes, recalls, receiptPledges, receipts, settlements, shipments, trace, transactions };
const refusals: readonly string[] = ['INVALID_INPUT', 'INVALID_EPCIS', 'TOO_LARGE'];
let asked = 0;

/** A session that notices when anything would be sent. */
const session: Session = {
  mspId: 'BrandMSP',
  connection: {
    channel: 'dualchain',
    identity: { mspId: 'BrandMSP', credentials: new Uint8Array() },
    peerCount: 1,
    gateway: reached,
    network: reached,
    failOver: () => undefined,
    close: () => undefined,
  },
  chaincode: 'dualchain',
  members: [],
  deadlines: defaultDeadlines,
  retry: { ...defaultRetry, attempts: 1 },
  hooks: {},
};

function reached(): never {
  asked += 1;
  throw new GatewayError({ code: status.UNAVAILABLE, details: [], cause: Object.assign(new Error('no peer'), { code: status.UNAVAILABLE, details: 'no peer', metadata: undefined as never }), message: 'no peer' });
}

function deep(levels: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { inner: value };
  return value;
}

const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;

/** What no function of the SDK takes. */
const hostile: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['a number', 42],
  ['not a number', Number.NaN],
  ['a big integer', 10n ** 40n],
  ['true', true],
  ['a symbol', Symbol('x')],
  ['a function', () => undefined],
  ['an empty text', ''],
  ['a null byte', 'A\u0000B'],
  ['half a surrogate pair', 'A\ud800'],
  ['a long text', 'x'.repeat(5_000_000)],
  ['an empty list', []],
  ['a list of nothing', [null]],
  ['a deep value', deep(100_000)],
  ['a cycle', cyclic],
  ['a date', new Date(Number.NaN)],
  ['a map', new Map([['orderId', 'A']])],
  ['own __proto__', JSON.parse('{"__proto__":{"orderId":"A"},"orderId":"A"}')],
  ['a constructor', JSON.parse('{"constructor":{"prototype":{"polluted":true}}}')],
  ['unknown fields', { id: 'A', orderId: 'A', surprise: true }],
  ['a deep field', { orderId: deep(100_000), holdingId: deep(100_000), parts: deep(100_000), id: deep(100_000), events: deep(100_000) }],
  ['wrong fields', { orderId: 1, holdingId: [], holdingIds: {}, parts: 'ab', invoiceIds: null, members: 3, lines: 'none', id: {}, certificateId: Number.POSITIVE_INFINITY, from: 1.5, to: -1, pageSize: 'all', verbs: 3, checkpoint: 7 }],
];

/** Functions whose only parameter is the options of the call. */
const optionsOnly = ['members', 'policy', 'policyVersions', 'motions', 'channelRoots'];
/** What an ordinary call of these means: nothing to refuse. */
const fine: Readonly<Record<string, readonly string[]>> = {
  members: ['an empty list', 'a list of nothing', 'a date', 'a map', 'own __proto__', 'a constructor', 'unknown fields', 'a deep field', 'wrong fields', 'a deep value', 'a cycle'],
  policy: ['an empty list', 'a list of nothing', 'a date', 'a map', 'own __proto__', 'a constructor', 'unknown fields', 'a deep field', 'wrong fields', 'a deep value', 'a cycle'],
  policyVersions: ['an empty list', 'a list of nothing', 'a date', 'a map', 'own __proto__', 'a constructor', 'unknown fields', 'a deep field', 'wrong fields', 'a deep value', 'a cycle'],
  motions: ['an empty list', 'a list of nothing', 'a date', 'a map', 'own __proto__', 'a constructor', 'unknown fields', 'a deep field', 'wrong fields', 'a deep value', 'a cycle'],
  channelRoots: ['an empty list', 'a list of nothing', 'a date', 'a map', 'own __proto__', 'a constructor', 'unknown fields', 'a deep field', 'wrong fields', 'a deep value', 'a cycle'],
};

async function settle(call: () => unknown): Promise<unknown> {
  try {
    const answer = call();
    if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer) {
      return await (answer as AsyncGenerator<unknown>).next();
    }
    return await answer;
  } catch (error) {
    return error;
  }
}

type AnyFunction = ((value: unknown, options?: unknown) => unknown) & { readonly async?: (value: unknown) => unknown };
const functions = Object.entries(rooms).flatMap(([room, verbs]) => Object.entries(bindRoom(session, verbs as Record<string, unknown>)).map(([name, bound]) => [`${room}.${name}`, name, bound as unknown as AnyFunction] as const));

it.each(functions)('%s refuses bad input with a typed error and sends nothing', async (_, name, call) => {
  for (const [what, value] of hostile) {
    if (fine[name]?.includes(what) === true) continue;
    for (const variant of [call, ...(call.async === undefined ? [] : [call.async])]) {
      asked = 0;
      const error = await settle(() => variant(value));
      const label = `${name}(${what})`;
      expect([label, error instanceof DualchainError ? error.code : error]).toEqual([label, expect.stringMatching(new RegExp(`^(${refusals.join('|')})$`))]);
      expect([label, asked]).toEqual([label, 0]);
    }
  }
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

it.each(functions.filter(([, name]) => !optionsOnly.includes(name)))('%s refuses options that are none', async (_, _name, call) => {
  for (const options of [null, 3, { signal: 'now' }, { signal: {} }]) {
    asked = 0;
    const error = await settle(() => call({}, options));
    expect(error).toBeInstanceOf(DualchainError);
    expect(asked).toBe(0);
  }
});
