import type { EngineName } from '../support/engines';
import { runOn } from '../support/suites';
import { placesSuite } from './places';
import { recallsSuite } from './recalls';

/** Events that everybody may read, on one network. */
export function goodsSuite(engine: EngineName): void {
  runOn(engine, { places: placesSuite, recalls: recallsSuite });
}
