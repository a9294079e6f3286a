import { runOn } from '../../support/suites';
import { storySuite } from '../story';

runOn('embedded', { story: storySuite });
