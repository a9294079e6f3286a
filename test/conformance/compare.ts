import type { Behaviour } from './behaviours';
import { behaviours } from './behaviours';
import type { EngineName } from './stage';
import { Stage, attempt, mask } from './stage';

const LIMIT_MS = 60_000;

/** What every behaviour showed on one engine, masked, in the order of the list. */
export async function observeAll(engine: EngineName, onDone: (behaviour: Behaviour) => void = () => undefined): Promise<Map<string, string>> {
  const stage = await Stage.start(engine);
  try {
    const seen = new Map<string, string>();
    for (const behaviour of behaviours) {
      seen.set(behaviour.name, mask(await attempt(() => within(behaviour.observe(stage)))));
      onDone(behaviour);
    }
    return seen;
  } finally {
    await stage.stop();
  }
}

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${LIMIT_MS / 1000} s`)), LIMIT_MS);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
