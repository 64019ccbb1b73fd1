import { type EngineName, loadEngine } from '@balanced-rec/tfjs-kernels';
import { beforeAll, describe } from 'vitest';

/** The engines that come with the packages. */
export const engines = ['wasm', 'cpu'] as const satisfies readonly EngineName[];

/** Declares the tests once per engine, with that engine loaded. */
export function onEachEngine(name: string, body: () => void): void {
  describe.each(engines)(`${name}, on %s`, (engine) => {
    beforeAll(async () => {
      await loadEngine(engine);
    });
    body();
  });
}
