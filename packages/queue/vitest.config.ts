import { preset } from '@balanced-rec/vitest-preset';

const conditions = preset.resolve.conditions.filter((condition) => condition !== 'module');

// What the AWS SDK has for "module" is for bundlers: Node.js itself cannot import it.
export default {
  ...preset,
  resolve: { conditions, mainFields: ['main'] },
  ssr: { resolve: { conditions, externalConditions: conditions, mainFields: ['main'] } },
};
