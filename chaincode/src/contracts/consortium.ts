import { consortiumVerbs as verbs, DualchainError } from '@dualchain/model';
import type { Context } from 'fabric-contract-api';
import { DualchainContract, versionAttribute } from '../ledger';
import { found, foundationOf } from '../rules/consortium/founding';
import { guardOf } from '../rules/consortium/guard';
import { enact, expire, motions, propose, standingOf, vote, withdraw } from './consortium/motions';
import { consortiumPolicy } from './consortium/policy';
import { members, openToAuditor, organisationPolicy, policyVersions, publicObject, requireKnown, sealedRecord, setOrganisationPolicy } from './consortium/records';

/** Members and rules of the channel (finance.md, "Consortium"). The reads of each method count the caller's membership: two. */
export class ConsortiumContract extends DualchainContract {
  constructor() {
    super('consortium');
  }

  /** Founds the consortium, once; every founding member endorses and anchors the founding document. Reads 1; writes 3 a member and 6. */
  async bootstrap(context: Context, ...args: string[]): Promise<string> {
    const founding = { founding: true };
    return this._run(
      context,
      verbs.bootstrap,
      args,
      async (call) => {
        const { state, anchors, input, caller, at } = call;
        const standing = await state.get('channelPolicy', 'current');
        const foundation = foundationOf(input);
        if (standing !== undefined && standing.foundation !== foundation) throw new DualchainError('ALREADY_BOOTSTRAPPED', `The consortium was founded at ${standing.foundedAt}; members and policy change by vote.`, { details: { foundedAt: standing.foundedAt } });
        const { members: founders, channel } = found(input, caller.mspId, standing?.foundedAt ?? at);
        if (standing !== undefined) return { members: founders, channel, already: true };
        const policy = consortiumPolicy(guardOf(founders, channel.policy));
        await state.create('channelPolicy', ['current'], channel, policy);
        await state.create('policyVersion', [versionAttribute(1)], { version: 1, policy: channel.policy, since: at }, policy);
        // Reserved, so that nobody can write the next version before a vote does.
        await state.create('policyVersion', [versionAttribute(2)], { reserved: true }, policy);
        for (const member of founders) {
          await state.create('member', [member.mspId], member, policy);
          await anchors.put('channelPolicy', ['founding'], foundation, member.mspId);
        }
        call.emit({ ids: { member: founders.map(({ mspId }) => mspId) }, from: null, to: 'active' });
        return { members: founders, channel };
      },
      founding,
    );
  }

  /** Reads 3, and the members; writes 6: motion and vote, each with its policy and anchor. */
  async proposeMotion(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.proposeMotion, args, propose);
  }

  /** Reads 8; writes 3. */
  async castVote(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.castVote, args, vote);
  }

  /** Reads 5; writes 1. */
  async withdrawMotion(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.withdrawMotion, args, withdraw);
  }

  /** Reads 5; writes 1. */
  async expireMotion(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.expireMotion, args, expire);
  }

  /**
   * Reads 5, the members, and two a member; writes 5, three more for a policy, and one a member where the threshold in
   * force or the active members change: at most 108 in a consortium of 100. Every transaction under way at that moment
   * has read a key of these, so it is tried again once.
   */
  async enactMotion(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.enactMotion, args, enact);
  }

  /** Reads 4; writes 3. */
  async setOrganisationPolicy(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.setOrganisationPolicy, args, setOrganisationPolicy);
  }

  /** Reads 3 and at most five a record; writes one a record, all for the auditor alone. */
  async openToAuditor(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.openToAuditor, args, openToAuditor);
  }

  async member(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.member, args, (call) => requireKnown(call, call.input.mspId));
  }

  async members(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.members, args, members);
  }

  async policy(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.policy, args, ({ state }) => state.require('channelPolicy', 'current'));
  }

  async policyVersions(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.policyVersions, args, policyVersions);
  }

  async motion(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.motion, args, standingOf);
  }

  async motions(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.motions, args, motions);
  }

  async organisationPolicy(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.organisationPolicy, args, organisationPolicy);
  }

  /** Reads 3. */
  async publicObject(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.publicObject, args, publicObject);
  }

  async sealedRecord(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.sealedRecord, args, sealedRecord);
  }
}
