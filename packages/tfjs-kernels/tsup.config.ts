import { preset } from '@balanced-rec/tsup-preset';

export default {
  ...preset(['src/index.ts', 'src/provisioning/index.ts', 'src/provisioning/check-engine.ts']),
  // Left to whoever bundles for a browser; see "imports" in package.json.
  external: ['#tfjs-gradients'],
};
