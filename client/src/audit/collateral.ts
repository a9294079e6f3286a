import { livePledgeStates, liveReceiptStates, parseQuantity, recordKey } from '@dualchain/model';
import type { ReceiptPledgeSkeleton, ReceiptSkeleton } from '@dualchain/model';
import type { Checker, Findings } from './invariant';
import type { LedgerState } from './ledger-state';
import { changesOf } from './step';
import type { Step } from './step';

/** A part of invariant 6: what stands in warehouse receipts and pledges. */
export function beginCollateral(): Required<Pick<Checker, 'step'>> {
  /** What receipts took of each delivery, in scaled integers; undefined once one of them is sealed to others. */
  const taken = new Map<string, bigint | undefined>();
  const take = (depositId: string, quantity: bigint | undefined, sign: 1n | -1n) => {
    const sum = taken.has(depositId) ? taken.get(depositId) : 0n;
    taken.set(depositId, sum === undefined || quantity === undefined ? undefined : sum + sign * quantity);
  };
  return {
    step(step, state, find) {
      for (const { before, after } of changesOf(step, 'receipt')) {
        if (after === undefined) continue;
        const quantity = quantityOf(state, after.id);
        // A part is of what its whole took; goods that arrive elsewhere are taken from what came in there.
        if ((before === undefined && after.parents.length === 0) || (before !== undefined && before.depositId !== after.depositId)) take(after.depositId, quantity, 1n);
        if (before !== undefined && before.state !== after.state && after.state === 'cancelled') take(after.depositId, quantity, -1n);
        requireReceipt(after, step, state, find);
      }
      requireParts(step, state, find);
      for (const { after } of changesOf(step, 'receiptPledge')) if (after !== undefined) requirePledge(after, step, state, find);
      for (const { attributes: [depositId = ''] } of changesOf(step, 'deposit')) {
        const record = state.record('stock', depositId);
        const [received, receipted] = [scaled(record?.['received']), scaled(record?.['receipted'])];
        const sum = taken.has(depositId) ? taken.get(depositId) : 0n;
        if (received === undefined || receipted === undefined || sum === undefined) find.hide();
        else {
          find.require(receipted <= received, step, () => `more of the delivery ${depositId} is in receipts than it brought`);
          find.require(receipted === sum, step, () => `what receipts took of the delivery ${depositId} is not the sum of these receipts`);
        }
      }
    },
  };
}

/** The same terms stand with warehouse and owner, and a receipt is in the pledge that it names. */
function requireReceipt(receipt: ReceiptSkeleton, step: Step, state: LedgerState, find: Findings): void {
  const { id, warehouse, owner, pledgeId, financier } = receipt;
  if (liveReceiptStates.includes(receipt.state)) {
    const key = recordKey('receiptTerms', id);
    const held = state.hashAt(warehouse, key);
    find.require(held !== undefined && held === state.hashAt(owner, key), step, () => `receipt ${id} is not genuine: ${warehouse} and ${owner} hold no equal record`);
  }
  if (pledgeId === undefined) return;
  const pledge = state.get('receiptPledge', pledgeId);
  find.require(pledge?.receiptId === id && pledge.financier === financier && livePledgeStates.includes(pledge.state), step, () => `receipt ${id} is pledged by ${pledgeId}, which is ${pledge?.state ?? 'not there'}`);
}

/** A live pledge holds its receipt, and no other pledge does. */
function requirePledge({ id, receiptId, state: pledgeState }: ReceiptPledgeSkeleton, step: Step, state: LedgerState, find: Findings): void {
  if (!livePledgeStates.includes(pledgeState)) return;
  find.require(state.get('receipt', receiptId)?.pledgeId === id, step, () => `pledge ${id} is ${pledgeState}, but receipt ${receiptId} does not name it`);
  const other = [...state.find('pledgesOfReceipt', receiptId)].find((pledge) => pledge.id !== id && livePledgeStates.includes(pledge.state));
  find.require(other === undefined, step, () => `receipt ${receiptId} is in the pledges ${id} and ${other?.id ?? ''}`);
}

/** What is split or merged has the quantity that it is made of. */
function requireParts(step: Step, state: LedgerState, find: Findings): void {
  const changes = changesOf(step, 'receipt');
  const parts = changes.flatMap(({ before, after }) => (before === undefined && after !== undefined && after.parents.length > 0 ? [after] : []));
  const spent = changes.flatMap(({ before, after }) => (before !== undefined && after?.state === 'spent' && before.state !== 'spent' ? [after.id] : []));
  if (parts.length === 0 && spent.length === 0) return;
  for (const { id, parents } of parts) find.require(parents.every((parent) => spent.includes(parent)), step, () => `receipt ${id} is not made of the receipts that were spent for it`);
  const [before, after] = [spent, parts.map(({ id }) => id)].map((ids) => ids.reduce<bigint | undefined>((sum, id) => add(sum, quantityOf(state, id)), 0n));
  if (before === undefined || after === undefined) find.hide();
  else find.require(before === after, step, () => `${step.verb} changed the quantity of ${spent.join(', ')}`);
}

function add(sum: bigint | undefined, quantity: bigint | undefined): bigint | undefined {
  return sum === undefined || quantity === undefined ? undefined : sum + quantity;
}

function quantityOf(state: LedgerState, receiptId: string): bigint | undefined {
  return scaled(state.record('receiptTerms', receiptId)?.['quantity']);
}

function scaled(value: unknown): bigint | undefined {
  return typeof value === 'string' ? parseQuantity(value) : undefined;
}
