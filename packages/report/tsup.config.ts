import { execFileSync } from 'node:child_process';
import { preset } from '@balanced-rec/tsup-preset';

// The report page's script and style are first bundled into modules in src/generated.
execFileSync(process.execPath, ['scripts/bundle-report-page.mjs'], { stdio: 'inherit' });

export default preset();
