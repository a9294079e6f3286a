import * as client from './index';
import * as attestations from './attestations';
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
import * as settlements from './settlements';
import * as shipments from './shipments';
import * as trace from './trace';
import * as transactions from './transactions';
import { verbs } from '@dualchain/model';
import type { Verb } from '@dualchain/model';

const rooms = { attestations, certificates, consortium, creditLines, disclosures, disputes, events, freezes, holdings, invoices, orders, quotes, recalls, receiptPledges, receipts, settlements, shipments, trace, transactions };

it('exports exactly what the documents promise', () => {
  expect(Object.keys(client).sort()).toMatchSnapshot();
  expect(Object.fromEntries(Object.entries(rooms).map(([name, room]) => [name, Object.entries(room).map(([verb, value]) => ('async' in value ? `${verb} (.async)` : verb)).sort()]))).toMatchSnapshot();
});

it('offers every verb of the model that writes', () => {
  const offered = new Set(Object.values(rooms).flatMap((room) => Object.keys(room)));
  const otherName: Readonly<Record<string, string>> = { revoke: 'revokeAttestation', captureEvents: 'capture' };
  const writing = Object.values<Readonly<Record<string, Verb<never, never, unknown>>>>(verbs as never).flatMap((contract) => Object.values(contract)).filter(({ kind }) => kind === 'submit');
  expect(writing.length).toBeGreaterThan(30);
  expect(writing.map(({ name }) => otherName[name] ?? name).filter((name) => !offered.has(name))).toEqual([]);
});
