import { runOn } from '../../support/suites';
import { contentionSuite } from '../contention';

runOn('embedded', { contention: contentionSuite });
