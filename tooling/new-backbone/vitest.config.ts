import { presetWithPrograms } from '@balanced-rec/vitest-preset';

export default presetWithPrograms;
