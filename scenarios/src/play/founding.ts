import type { Chapter } from './step';

/** All organisations of the topology found the consortium. */
export const founding: Chapter<'founding'> = {
  name: 'founding',
  title: 'Eight organisations found a consortium',
  text: 'Every founding member endorses; whoever joins or leaves later does so by vote. The policy says that finance needs an inspection.',
  async *steps(stage) {
    const members = stage.organisations.map(({ mspId, name, gln, roles }) => ({ mspId, name, gln, roles: [...roles] }));
    yield await stage.take({ name: 'bootstrap', actor: 'brand', verb: 'consortium.bootstrap', title: `founds the consortium with ${members.length - 1} others` }, (client) => client.consortium.bootstrap({ members, policy: stage.story.policy }));
  },
};
