import type { certificateVerbs, HoldingSkeleton, ResultOf } from '@dualchain/model';
import { requireNotFrozen, requireSameContent } from '../../ledger';
import type { CallOf } from '../../ledger';
import { mergeHoldings, requireOwner, splitHolding, termsOfParts, termsOfWhole } from '../../rules/holding/holding';
import { holdingPolicy } from './policies';
import { createHolding, isAsCreated, proveAll, proveTerms, requireHolding, requireHoldings } from './records';

type Verbs = typeof certificateVerbs;

/** The owner splits a holding; the debtor witnesses it by its endorsement (design, principle 5). */
export async function split(call: CallOf<Verbs['splitHolding']>): Promise<ResultOf<Verbs['splitHolding']>> {
  const { state, input, content, caller, at } = call;
  const { holdingId, parts: partIds } = input;
  const amounts = content.amounts.map(BigInt);
  const { holding: before, certificate } = await requireHolding(call, holdingId);
  requireOwner(before, 'splitHolding', caller.mspId);
  const terms = await proveTerms(call, before);
  if (before.state === 'spent') {
    const standing: (HoldingSkeleton | undefined)[] = [];
    for (const id of partIds) standing.push(await state.get('holding', id));
    // Nothing of this split was done where the parts are not there: then the row below says that the holding is spent.
    if (standing.some((part) => part !== undefined)) {
      let same = before.children?.join() === partIds.join();
      for (const [index, part] of termsOfParts(terms, partIds, amounts).entries()) same &&= await isAsCreated(call, standing[index], before.owner, part);
      requireSameContent('holding', [partIds.join(', ')], null, null, same);
      return { parent: before, parts: standing.flatMap((part) => part ?? []), already: true };
    }
  }
  const next = splitHolding(before, terms, partIds, amounts, certificate, caller.mspId, at);
  await requireNotFrozen(call, certificate, [before]);
  const parts: HoldingSkeleton[] = [];
  for (const part of next.parts) parts.push(await createHolding(call, part.holding, part.terms));
  await state.update('holding', [holdingId], next.parent, holdingPolicy(next.parent));
  call.emit({ ids: { holding: [holdingId, ...partIds], certificate: certificate.id }, from: before.state, to: next.parent.state });
  return { parent: next.parent, parts };
}

/** The owner merges adjacent holdings. */
export async function merge(call: CallOf<Verbs['mergeHoldings']>): Promise<ResultOf<Verbs['mergeHoldings']>> {
  const { state, input, caller, at } = call;
  const { holdingIds, into } = input;
  const holdings = await requireHoldings(call, holdingIds);
  for (const holding of holdings) requireOwner(holding, 'mergeHoldings', caller.mspId);
  const before = await proveAll(call, holdings);
  const standing = await state.get('holding', into);
  if (standing !== undefined) {
    const same = standing.parents.join() === holdingIds.join() && holdings.every((holding) => holding.state === 'spent') && (await isAsCreated(call, standing, caller.mspId, termsOfWhole(before.map(({ terms }) => terms))));
    requireSameContent('holding', [into], null, null, same);
    return { parents: holdings, whole: standing, already: true };
  }
  const certificate = await state.require('certificate', holdings[0]?.certificateId ?? '');
  const next = mergeHoldings(before, into, certificate, caller.mspId, at);
  await requireNotFrozen(call, certificate, holdings);
  const whole = await createHolding(call, next.whole, next.terms);
  for (const parent of next.parents) await state.update('holding', [parent.id], parent, holdingPolicy(parent));
  call.emit({ ids: { holding: [...holdingIds, into], certificate: certificate.id }, from: 'free', to: 'spent' });
  return { parents: next.parents, whole };
}
