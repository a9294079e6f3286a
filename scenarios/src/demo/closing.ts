import { formatAmount } from '@dualchain/model';
import type { Stage } from '../play/index';
import { auditAll, balanceOf } from '../play/index';
import type { Screen } from './screen';
import { group } from './view-tables';

/** Every unit and every payment. Throws RangeError if something is missing or too much. */
export async function showBalance(screen: Screen, stage: Stage, number: number): Promise<void> {
  const balance = await balanceOf(stage);
  const { green, red } = screen.colours;
  const money = (amount: bigint) => formatAmount(amount, balance.currency);
  screen.heading(number, 'Balance: every unit of money accounted for', "Units and face from the brand's records, payments from the clearing bank's own ledger; neither ledger holds the other's.");
  screen.table(
    ['units', 'holding', 'amount', 'state', 'paid to'],
    [
      ...balance.lines.map(({ from, to, holdingId, amount, state, paidTo }) => [`${group(from)} to ${group(to)}`, holdingId, money(amount), state, paidTo === undefined ? '' : stage.nameOf(paidTo)]),
      [`1 to ${group(balance.face)}`, 'face', money(balance.face), '', ''],
    ],
    { widths: [26, 8, 18, 10, null], right: [2] },
  );
  screen.line();
  screen.table(
    ['organisation', 'paid', 'received', 'net'],
    balance.cash.map(({ mspId, paid, received }) => [stage.nameOf(mspId), money(paid), money(received), money(received - paid)]),
    { widths: [36, 19, 18, 20], right: [1, 2, 3] },
  );
  screen.line();
  screen.line(`   ${balance.balanced ? green('✓') : red('✗')} paid in ${money(balance.paidIn)}, paid out ${money(balance.paidOut)}; each unit once`);
  if (!balance.balanced) throw new RangeError('The certificate does not balance.');
}

/** Every invariant on every organisation's own ledger. Throws RangeError if one is broken. */
export async function showAudit(screen: Screen, stage: Stage, number: number): Promise<void> {
  screen.heading(number, 'Audit: each organisation replays its own ledger', 'No organisation takes another at its word. What is sealed to others is counted as unseen; the sealed facts that matter are seen by those concerned.');
  screen.progress('replaying …');
  const reports = await auditAll(stage);
  const { green, red } = screen.colours;
  const titles = reports[0]?.verdicts ?? [];
  const rows = titles.map(({ invariant, title }) => {
    const verdicts = reports.flatMap((report) => report.verdicts.filter((verdict) => verdict.invariant === invariant));
    const sum = (of: 'checked' | 'unseen') => verdicts.reduce((total, verdict) => total + verdict[of], 0);
    return [{ 'principle 4': 'P4', vote: 'V', 'sealed events': 'E' }[invariant] ?? invariant, title, String(sum('checked')), String(sum('unseen')), verdicts.every(({ holds }) => holds) ? green('holds') : red('broken')];
  });
  screen.table(['no.', 'invariant', 'checked', 'unseen', `on ${reports.length}`], rows, { widths: [5, 63, 9, 8, null], right: [2, 3] });
  const broken = reports.flatMap(({ mspId, verdicts }) => verdicts.filter(({ holds }) => !holds).map((verdict) => `${mspId}: ${verdict.invariant}`));
  const heights = new Set(reports.map(({ height }) => height));
  screen.line();
  screen.line(`   ${broken.length === 0 ? green('✓') : red('✗')} ${reports.length} ledgers of ${[...heights].join(', ')} blocks, ${titles.length} invariants on each`);
  if (broken.length > 0) throw new RangeError(`Invariants are broken: ${broken.join('; ')}.`);
}
