import type { AuditReport } from '@dualchain/client';
import { cast } from '../story/index';
import type { Stage } from './stage';

/** Every organisation audits its own ledger. Throws what reading it throws. */
export async function auditAll(stage: Stage): Promise<AuditReport[]> {
  const reports: AuditReport[] = [];
  for (const actor of cast) reports.push(await (await stage.as(actor)).audit.auditOwnLedger({ signal: stage.signal }));
  return reports;
}
