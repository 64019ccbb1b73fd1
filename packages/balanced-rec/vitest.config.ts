import { preset } from '@balanced-rec/vitest-preset';

export default { ...preset, test: { ...preset.test, globalSetup: 'test/support/build-command.mjs' } };
