import { type EngineName, loadEngine } from '@balanced-rec/tfjs-kernels';
import { beforeAll, describe } from 'vitest';

/** Declares the tests once per engine, each with that engine loaded. */
export function onEachEngine(name: string, body: () => void): void {
  describe.each(['wasm', 'cpu'] satisfies EngineName[])(`${name}, on %s`, (engine) => {
    beforeAll(async () => {
      await loadEngine(engine);
    });
    body();
  });
}
