import { runOn } from '../../support/suites';
import { certificatesSuite, late, sellsToo } from '../certificates';

runOn('fabric', { certificates: certificatesSuite }, { policy: late, topology: sellsToo });
