import { attestationVerbs as verbs } from '@dualchain/model';
import type { AttestationSkeleton, Subject } from '@dualchain/model';
import type { Context } from 'fabric-contract-api';
import { allOf, DualchainContract, requireSameContent } from '../ledger';
import type { Call } from '../ledger';
import { attest, attestedContent, revoke, saysTheSame, subjectOf } from '../rules/attestation/attestation';
import { evidenceScore } from './attestation/score';

/** Earlier attestations that one answer names. */
const MAX_HISTORY = 100;

/** Many-sided verification (finance.md, "Attestations"). */
export class AttestationContract extends DualchainContract {
  constructor() {
    super('attestation');
  }

  /** Witnesses a subject; a lot may be named before anything of it was captured. Reads 4 to 6; writes 4. */
  async attest(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.attest, args, async (call) => {
      const { state, anchors, input, caller, at } = call;
      const standing = await state.get('attestation', input.attestationId);
      if (standing !== undefined) {
        requireSameContent('attestation', [standing.id], attestedContent(standing), attestedContent(attest(input, caller.mspId, standing.attestedAt)));
        return { ...standing, already: true };
      }
      const attestation = attest(input, caller.mspId, at, await latestOf(call, input, caller.mspId));
      const { id, subject, claim, author } = attestation;
      await requireSubject(call, subject);
      await state.create('attestation', [id], attestation, allOf([author]));
      await state.index('attested', [subject.type, subject.id, claim, author], { attestationId: id });
      await anchors.put('attestation', [id], attestation, author);
      call.emit({ ids: { attestation: id, [subject.type]: subject.id }, from: null, to: 'attested' });
      return attestation;
    });
  }

  /** Takes one's own attestation back; anchor and object change together. Reads 3; writes 2. */
  async revoke(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.revoke, args, async (call) => {
      const { state, anchors, input, caller, at } = call;
      const attestation = revoke(await state.require('attestation', input.attestationId), caller.mspId, at, input.reason);
      await state.update('attestation', [attestation.id], attestation);
      await anchors.put('attestation', [attestation.id], attestation, attestation.author);
      call.emit({ ids: { attestation: attestation.id, [attestation.subject.type]: attestation.subject.id }, from: 'attested', to: 'revoked' });
      return attestation;
    });
  }

  async attestation(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.attestation, args, ({ state, input }) => state.require('attestation', input.attestationId));
  }

  /** The latest attestation of each claim by each member. */
  async attestationsOf(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.attestationsOf, args, async ({ state, input }) => {
      const subject = subjectOf(input.subject);
      const { items, bookmark } = await state.page('attested', [subject.type, subject.id], input);
      const attestations: AttestationSkeleton[] = [];
      for (const { value } of items) attestations.push(await state.require('attestation', value.attestationId));
      return { items: attestations, bookmark };
    });
  }

  /** Follows what each took the place of; an attestation that is none of the same author, claim and subject ends the chain. */
  async attestationHistory(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.attestationHistory, args, async ({ state, input }) => {
      const newest = await state.require('attestation', input.attestationId);
      const history = [newest];
      for (let earlier = newest.supersedes; earlier !== undefined && history.length < MAX_HISTORY; ) {
        const attestation = await state.get('attestation', earlier);
        if (attestation === undefined || !saysTheSame(newest, attestation)) break;
        history.push(attestation);
        earlier = attestation.supersedes;
      }
      return history;
    });
  }

  async evidenceScore(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.evidenceScore, args, evidenceScore);
  }
}

/** What a member said last of the same claim about the same subject. At most two reads. */
async function latestOf({ state }: Pick<Call, 'state'>, { subject, claim }: { readonly subject: Subject; readonly claim: string }, author: string): Promise<AttestationSkeleton | undefined> {
  const { type, id } = subjectOf(subject);
  const latest = await state.get('attested', type, id, claim, author);
  return latest === undefined ? undefined : state.get('attestation', latest.attestationId);
}

async function requireSubject({ state }: Pick<Call, 'state'>, { type, id }: Subject): Promise<void> {
  if (type !== 'lot') await state.require(type, id);
}
