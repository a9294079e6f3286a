import type { EngineName } from '../support/engines';
import { runOn } from '../support/suites';
import { businessSuite } from './business';
import { foundSmall, withDirector } from './consortium';
import { forgeriesSuite } from './forgeries';
import { motionsSuite } from './motions';

/** One consortium from its founding: first two of its members cheat, then it grows, then it trades. */
export function governanceSuite(engine: EngineName): void {
  runOn(
    engine,
    {
      governance: (network) => {
        beforeAll(() => foundSmall(network), 120_000);
        describe('forgeries', () => forgeriesSuite(network));
        describe('motions', () => motionsSuite(network));
        describe('business', () => businessSuite(network));
      },
    },
    { founded: false, topology: withDirector },
  );
}
