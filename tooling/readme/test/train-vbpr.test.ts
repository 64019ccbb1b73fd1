import { expect, test } from 'vitest';
import { runCommand } from './support/run-commands.js';

test('examples/library/train-vbpr.ts, which builds CKD from its parts, runs', async () => {
  const { failure, stdout, stderr } = await runCommand(
    'pnpm tsx --conditions=@balanced-rec/source examples/library/train-vbpr.ts',
  );
  expect(failure, stderr).toBeUndefined();
  expect(stdout).toMatch(/^test Recall@20 0\.\d{4}$/m);
});
