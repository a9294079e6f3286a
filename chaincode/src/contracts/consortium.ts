import { consortiumVerbs as verbs, DualchainError } from '@dualchain/model';
import type { Context } from 'fabric-contract-api';
import { DualchainContract, someOf } from '../ledger';
import { found, foundationOf } from '../rules/consortium/founding';

/** Members and rules of the channel (finance.md, "Consortium"). */
export class ConsortiumContract extends DualchainContract {
  constructor() {
    super('consortium');
  }

  /** Founds the consortium, once; every founding member endorses and anchors the founding document. Reads 1; writes 3 a member and 2. */
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
        const { members, channel } = found(input, caller.mspId, standing?.foundedAt ?? at);
        if (standing !== undefined) return { members, channel, already: true };
        const policy = someOf(channel.policy.voteThreshold, members.map(({ mspId }) => mspId));
        await state.create('channelPolicy', ['current'], channel, policy);
        for (const member of members) {
          await state.create('member', [member.mspId], member, policy);
          await anchors.put('channelPolicy', ['founding'], foundation, member.mspId);
        }
        call.emit({ ids: { member: members.map(({ mspId }) => mspId) }, from: null, to: 'active' });
        return { members, channel };
      },
      founding,
    );
  }

  async member(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.member, args, ({ state, input }) => state.require('member', input.mspId));
  }

  async members(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.members, args, async ({ state, input }) => {
      const { items, bookmark } = await state.page('member', [], input);
      return { items: items.map(({ value }) => value), bookmark };
    });
  }

  async policy(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.policy, args, ({ state }) => state.require('channelPolicy', 'current'));
  }
}
