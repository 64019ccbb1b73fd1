import { preset } from '@balanced-rec/tsup-preset';

// A single build, so that the entries share their classes.
export default preset(['src/index.ts', 'src/backbone.ts', 'src/format.ts', 'src/node.ts']);
