import { execFileSync } from 'node:child_process';
import { preset } from '@balanced-rec/tsup-preset';

// The report page's script is part of the sources; see its file for what it is made from.
execFileSync(process.execPath, ['scripts/bundle-report-page.mjs'], { stdio: 'inherit' });

export default preset();
