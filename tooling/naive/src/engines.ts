import { enginesHere } from '@balanced-rec/backbone-testkit';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { beforeAll, describe, test } from 'vitest';

/** Declares the tests once per engine, with that engine loaded. */
export function onEachEngine(name: string, body: () => void): void {
  for (const { name: engine, missing } of enginesHere) {
    describe(`${name}, on ${engine}`, () => {
      if (missing !== undefined) return test.skip(missing);
      beforeAll(async () => {
        await loadEngine(engine);
      });
      body();
    });
  }
}
