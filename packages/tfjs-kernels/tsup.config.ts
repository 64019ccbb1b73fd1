import { preset } from '@balanced-rec/tsup-preset';

export default {
  ...preset(['src/index.ts', 'src/provisioning/index.ts', 'src/provisioning/check-engine.ts']),
  // Left for the user's bundler or Node.js to resolve; see "imports" in package.json.
  external: ['#tfjs-gradients'],
};
