import { runOn } from '../support/suites';
import { auditSuite } from './files';

runOn('embedded', { 'audit from files': auditSuite });
