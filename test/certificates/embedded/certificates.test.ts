import { runOn } from '../../support/suites';
import { certificatesSuite, late, sellsToo } from '../certificates';

runOn('embedded', { certificates: certificatesSuite }, { policy: late, topology: sellsToo });
