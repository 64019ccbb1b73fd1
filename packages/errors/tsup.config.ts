import { preset } from '@balanced-rec/tsup-preset';

export default preset(['src/index.ts', 'src/schema.ts']);
