import { findLeaks } from '../../client/src/audit/audit';
import { verbs } from '../../model/src';
import type { Role, Verb } from '../../model/src';
import { loadStory } from '../../scenarios/src/story';
import type { EngineName } from '../support/engines';
import type { Slug, TestNetwork } from '../support/network';
import { runOn } from '../support/suites';
import { holdingsLane, issuingLane, pledgesLane } from './claim-lanes';
import { paidLoansLane, proposedLoansLane, receiptsLane } from './collateral-lanes';
import { consortiumLane } from './consortium-lane';
import { closingLane, dueLane, replacementLane } from './due-lanes';
import { roleUsers, unreached } from './exceptions';
import { castOf } from './lanes';
import type { Cast } from './lanes';
import { agreedCancellationLane, creditLane, orderedCancellationLane, orderLane, wordsLane } from './protection-lanes';
import { allTransitions } from './reach';
import { figuresIn, markersOf, sealedValues } from './sealed';
import { Stage } from './stage';
import { goodsLane, invoicesLane, ordersLane } from './trade-lanes';

/** More than one organisation has each role but the authority's, so that what refuses most of them is that they play no part. */
const roles: Readonly<Partial<Record<Slug, readonly Role[]>>> = { brand: ['obligor', 'supplier'], processor: ['supplier', 'obligor'], farm: ['supplier', 'warehouse', 'financier', 'carrier'], bank: ['financier', 'settler'] };
/** On the channel and no member, until the last lane. */
const stranger: Slug = 'factor';

/** The longest first. */
const lanes = [dueLane, paidLoansLane, proposedLoansLane, invoicesLane, ordersLane, pledgesLane, holdingsLane, receiptsLane, closingLane, replacementLane, issuingLane, orderedCancellationLane, agreedCancellationLane, orderLane, goodsLane, creditLane, wordsLane];

/** Verbs of the money chain that write. */
const moneyVerbs = Object.values(verbs).flatMap((room): Verb[] => Object.values(room)).filter(({ kind, contract }) => kind === 'submit' && contract !== 'trace').map(({ contract, name }) => `${contract}:${name}`);

/** Every transition by everyone that must not do it, generated from the tables; and what all of them, and those who may, let others see. */
export function callersSuite(engine: EngineName): void {
  runOn(
    engine,
    { 'wrong callers': wrongCallersSuite },
    {
      founded: false,
      topology: (topology) => ({
        ...topology,
        channel: { ...topology.channel, batch: { ...topology.channel.batch, timeoutMs: 50 } },
        organisations: topology.organisations.map((organisation) => ({
          ...organisation,
          roles: roles[organisation.slug as Slug] ?? organisation.roles,
          users: Object.entries(roleUsers).map(([name, values]) => ({ name, admin: name === 'Admin', attributes: values.length === 0 ? {} : { 'dualchain.roles': values.join(' ') } })),
        })),
      }),
    },
  );
}

function wrongCallersSuite(network: TestNetwork): void {
  const stage = new Stage(network);
  const cast = castOf(network, stage);
  const play = (lane: (cast: Cast) => Promise<void>) =>
    lane(cast).catch((reason: unknown) => {
      throw new Error(`${lane.name}: ${String(reason)}`, { cause: reason });
    });

  it('each transaction is tried by all that must not send it, just before who may does', async () => {
    await stage.open();
    const members = network.organisations.filter(({ slug }) => slug !== stranger).map(({ mspId, name, gln, roles: given }) => ({ mspId, name, gln, roles: [...given] }));
    await (await network.as('brand')).consortium.bootstrap({ members, policy: { ...loadStory().policy, evidenceForFinance: [], graceDays: 0, defaultAfterDays: 0, lateFeeBps: 1_800, auditors: [network.mspId('regulator')] } });
    const outcomes = await Promise.allSettled(lanes.map(play));
    expect(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))).toEqual([]);
    await play(consortiumLane);
  }, 600_000);

  it('every row of every table has its stage, from each state that it may start from', () => {
    expect(allTransitions.filter((name) => !stage.transitions.has(name))).toEqual(allTransitions.filter((name) => name in unreached));
    expect(Object.keys(unreached).filter((name) => !allTransitions.includes(name))).toEqual([]);
  });

  it('every one of them is refused, with the code that the data ask for', () => {
    expect(stage.cells.filter(({ said, code }) => said.join() !== code).map(({ verb, objects, mspId, user, asked, code, said, message }) => `${verb} (${objects}) by ${mspId}/${user} at ${asked}: ${said.join()} instead of ${code}: ${message}`)).toEqual([]);
    // Not one kind of them is missing.
    const told = (code: string) => stage.cells.filter((cell) => cell.code === code).length;
    expect(['NOT_A_MEMBER', 'WRONG_ROLE', 'NOT_A_PARTY'].filter((code) => told(code) < allTransitions.length / 2)).toEqual([]);
  });

  it('and none of them wrote: no peer stood differently afterwards, and every transaction of every ledger is of a right caller', async () => {
    expect(stage.written).toEqual([]);
    for (const { mspId, blocks, chaincode } of await network.ledgers()) {
      const ids = blocks.flatMap(({ transactions }) => transactions.filter((transaction) => transaction.chaincode === chaincode).map(({ id }) => id));
      expect({ mspId, others: ids.filter((id) => !stage.sent.has(id)) }).toEqual({ mspId, others: [] });
    }
  });

  it('every verb of the money chain was played to its end, and refused', () => {
    const refused = new Set(stage.cells.map(({ verb }) => verb));
    expect(moneyVerbs.filter((verb) => !stage.played.has(verb) || !refused.has(verb))).toEqual([]);
  });

  it('no sealed value of any record is in a block, an argument, an event, an answer, a public object, a message or a log', async () => {
    const ledgers = await network.ledgers();
    const values = sealedValues(ledgers);
    const [first] = ledgers;
    const logs = ledgers.map(({ mspId }) => ({ where: `chaincode log of ${mspId}`, bytes: network.network.chaincodeLog(mspId).join('\n') }));
    const told = stage.shown.filter(({ where }) => where.startsWith('refusal'));
    const blocks = first!.blocks.map(({ number, bytes }) => ({ where: `block ${number}`, bytes }));
    // One after the other, to say where; all at once, to be quick where there is nothing.
    const markers = markersOf(values);
    const anywhere = findLeaks(markers, [...blocks, ...logs, { where: 'shown', bytes: stage.shown.map(({ bytes }) => bytes.toString('utf8')).join('\n') }]);
    const leaks = anywhere.length === 0 ? [] : findLeaks(markers, [...blocks, ...logs, ...stage.shown]);
    expect([...new Set(leaks.map(({ label, form, where }) => `${label} (${form}) in ${where}`))].slice(0, 20)).toEqual([]);
    expect(figuresIn(values, [...told, ...logs])).toEqual([]);
    // Looking for what nobody holds would prove nothing.
    expect(await network.unusedMarkers()).toEqual([]);
  }, 120_000);

  it('who belongs to no deal holds nothing of any', async () => {
    const { blocks, chaincode } = (await network.ledgers()).find(({ mspId }) => mspId === network.mspId(stranger))!;
    expect(blocks.flatMap(({ transactions }) => transactions.flatMap(({ privateWrites }) => privateWrites.filter(({ namespace }) => namespace === chaincode)))).toEqual([]);
  });
}
