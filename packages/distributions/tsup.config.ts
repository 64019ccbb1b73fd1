import { preset } from '@balanced-rec/tsup-preset';

export default preset();
