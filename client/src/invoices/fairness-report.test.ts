import type { ClockReading } from '@dualchain/model';
import { typed } from '../results/typed';
import { summarise } from './fairness-report';

const at = (day: number) => new Date(Date.UTC(2026, 0, day)).toISOString();
const reading = (change: Partial<ClockReading>): ClockReading => ({ invoiceId: 'I', supplier: 'S', state: 'matched', submittedAt: at(1), acceptanceDueAt: at(11), ...change });
const certificate = (id: string, state: 'active' | 'settled' | 'cancelled' | 'overdue', graceDay: number, paidDay?: number) => ({ id, state, dueDate: at(graceDay - 5), graceEndsAt: at(graceDay), ...(paidDay === undefined ? {} : { lastPaidAt: at(paidDay) }) });
const report = (...readings: ClockReading[]) => summarise('BrandMSP', readings.map((each) => typed(each)), new Date(at(20)));

test('nothing to report', () => {
  expect(report()).toMatchObject({ invoices: 0, accepted: { inTime: 0, late: 0 }, open: { inTime: 0, beyondDeadline: 0 }, acceptanceDays: undefined });
});

test('accepted in time, to the deadline itself, and late; days are means and medians', () => {
  const accepted = (day: number) => reading({ state: 'accepted', acceptedAt: at(day) });
  expect(report(accepted(3), accepted(11), accepted(12))).toMatchObject({ invoices: 3, accepted: { inTime: 2, late: 1 }, acceptanceDays: { mean: 23 / 3, median: 10 } });
  expect(report(accepted(3), accepted(5)).acceptanceDays).toEqual({ mean: 3, median: 3 });
});

test('still open, within or beyond the deadline; disputed and ended ones are neither', () => {
  const states = ['matched', 'exception', 'blocked', 'approved', 'waiver proposed'] as const;
  expect(report(...states.map((state) => reading({ state })), reading({ acceptanceDueAt: at(21) })).open).toEqual({ inTime: 1, beyondDeadline: 5 });
  expect(report(reading({ state: 'disputed', disputedAt: at(2) }), reading({ state: 'resolution proposed' }), reading({ state: 'withdrawn' }), reading({ state: 'cancelled' }))).toMatchObject({ open: { inTime: 0, beyondDeadline: 0 }, disputed: 2, ended: 2 });
});

test('paid in time or late, each certificate once', () => {
  const certified = (...certificates: NonNullable<ClockReading['certificate']>[]) => report(...certificates.map((each) => reading({ state: 'certified', acceptedAt: at(2), certificate: each })));
  const { paid, unpaid, paidUndated } = certified(certificate('A', 'settled', 15, 15), certificate('A', 'settled', 15, 15), certificate('B', 'settled', 15, 16), certificate('C', 'overdue', 15), certificate('D', 'active', 25), certificate('E', 'settled', 15), certificate('F', 'cancelled', 15));
  expect({ paid, unpaid, paidUndated }).toEqual({ paid: { inTime: 1, late: 1 }, unpaid: { inTime: 1, late: 1 }, paidUndated: 1 });
});
