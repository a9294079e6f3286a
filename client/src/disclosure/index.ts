export { channelRoots } from './channel-roots';
export { disclose } from './disclose';
export type { DiscloseParameters, Disclosure } from './disclose';
