import { preset } from '@balanced-rec/vitest-preset';

const conditions = preset.resolve.conditions.filter((condition) => condition !== 'module');

// The "module" builds of the AWS SDK are for bundlers; Node.js cannot import them.
export default {
  ...preset,
  resolve: { conditions, mainFields: ['main'] },
  ssr: { resolve: { conditions, externalConditions: conditions, mainFields: ['main'] } },
};
