import { chapters, Stage } from '../play/index';
import type { CorruptibleNetwork, PlayableNetwork } from '../play/index';
import { loadStory } from '../story/index';
import type { Screen } from './screen';
import { showStep } from './steps';

/** Plays the story and tells it as it happens. Throws what the verbs throw. */
export async function runStoryDemo(screen: Screen, network: PlayableNetwork & CorruptibleNetwork, signal?: AbortSignal): Promise<void> {
  await using stage = new Stage(network, loadStory(), { signal });
  for (const [index, chapter] of chapters.entries()) {
    screen.heading(index + 1, chapter.title, chapter.text);
    for await (const step of chapter.steps(stage)) showStep(screen, step);
  }
}
