import { preset } from '@balanced-rec/vitest-preset';

export default preset;
