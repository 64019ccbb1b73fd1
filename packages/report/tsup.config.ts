import { execFileSync } from 'node:child_process';
import { preset } from '@balanced-rec/tsup-preset';

// The script and the style of the report page are bundled into modules of src/generated first.
execFileSync(process.execPath, ['scripts/bundle-report-page.mjs'], { stdio: 'inherit' });

export default preset();
