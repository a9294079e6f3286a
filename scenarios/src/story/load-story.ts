import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Story, StoryData } from './story';

/** Folder of this package, from its sources, its build output or a bundle alike. */
export function scenariosFolder(): string {
  for (let folder = __dirname; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'chongqing', 'trade.json'))) return folder;
    if (folder === path.dirname(folder)) throw new RangeError('The folder of the scenarios package was not found; run from a complete checkout.');
  }
}

/** The Chongqing food chain: farm cooperative, processor, carrier, brand, their financiers, clearing bank and regulator. */
export function loadStory(folder = path.join(scenariosFolder(), 'chongqing')): Story {
  const data = JSON.parse(readFileSync(path.join(folder, 'trade.json'), 'utf8')) as StoryData;
  const documents = Object.fromEntries(data.captures.map(({ file }) => [file, readFileSync(path.join(folder, 'epcis', file), 'utf8')]));
  return { ...data, documents };
}
