export { bootstrap } from './bootstrap';
export type { BootstrapParameters, BootstrapResult } from './bootstrap';
export { getMember } from './get-member';
export { members } from './members';
export { policy } from './policy';
