import type { DeclareDueResult, Dualchain } from '@dualchain/client';
import { DualchainError } from '@dualchain/model';
import { setTimeout as pause } from 'node:timers/promises';
import type { Stage } from './stage';
import type { Chapter } from './step';

const ASK_AGAIN_MS = 200;
/** Clocks of organisations may differ; a certificate that is not due so long after its date never will be. */
const PATIENCE_MS = 60_000;

/** The certificate falls due and is paid to whoever holds it now. */
export const settlement: Chapter<'settlement'> = {
  name: 'settlement',
  title: 'Due: paid to whoever holds the claim',
  text: 'The obligor opens the live holdings to the clearing bank, which pays each owner by itself; no holder learns of another.',
  async *steps(stage) {
    const { certificate, settlement: payments } = stage.story;
    const { id, obligor, settler } = certificate;
    const holdingIds = payments.flatMap(({ holdings }) => holdings);
    yield await stage.take({ name: `declareDue ${id}`, actor: settler, verb: 'certificates.declareDue', title: `declares ${id} due` }, (client) => declareDue(stage, client, id));
    yield await stage.take({ name: `presentForSettlement ${id}`, actor: obligor, verb: 'certificates.presentForSettlement', title: `opens ${holdingIds.join(' and ')} to the ${settler} bank` }, (client) => client.certificates.presentForSettlement({ certificateId: id, holdingIds }));
    for (const { owner, holdings, paymentReference } of payments) {
      yield await stage.take({ name: `settleHoldings ${holdings.join(' ')}`, actor: settler, verb: 'holdings.settleHoldings', title: `pays the ${owner} for ${holdings.join(' and ')}` }, (client) => client.holdings.settleHoldings({ certificateId: id, holdingIds: [...holdings], paymentReference }));
    }
    yield await stage.take({ name: `closeCertificate ${id}`, actor: obligor, verb: 'certificates.closeCertificate', title: `closes ${id}: its redeemed holdings cover the face` }, (client) => client.certificates.closeCertificate({ certificateId: id, holdingIds }));
  },
};

/** Asks until the ledger's clock has reached the due date. Throws what `declareDue` throws, NOT_YET only after a minute too long. */
async function declareDue(stage: Stage, client: Dualchain, certificateId: string): Promise<DeclareDueResult> {
  const { dueDate } = await client.certificates.requireCertificate(certificateId);
  for (;;) {
    try {
      return await client.certificates.declareDue({ certificateId }, { signal: stage.signal });
    } catch (error) {
      if (!(error instanceof DualchainError) || error.code !== 'NOT_YET' || Date.now() > dueDate.getTime() + PATIENCE_MS) throw error;
    }
    await pause(Math.max(ASK_AGAIN_MS, Math.min(1000, dueDate.getTime() - Date.now())), undefined, { signal: stage.signal });
  }
}
