import { play } from './share';
import type { Share } from './share';

/** Program of one of several processes: plays the share that its parent sends, then ends. */
process.once('message', (share: Share) => {
  play(share, (message) => process.send?.(message)).then(
    () => process.disconnect(),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
      process.disconnect();
    },
  );
});
