import { existsSync, writeFileSync } from 'node:fs';

/** Paths of the library in Debian's faketime package. */
const LIBRARIES = ['x86_64', 'aarch64'].map((cpu) => `/usr/lib/${cpu}-linux-gnu/faketime/libfaketimeMT.so.1`);

/** A wall clock for some processes that can be set while they run. The machine's own clock is not changed. */
export class FakeClock {
  readonly #file: string;
  readonly #library: string;
  #hours = 0;

  /** @throws Error if libfaketime is missing */
  constructor(file: string) {
    const library = LIBRARIES.find((path) => existsSync(path));
    if (!library) throw new Error('clock jumps require libfaketime: apt-get install faketime');
    this.#library = library;
    this.#file = file;
    writeFileSync(file, '+0');
  }

  get environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      LD_PRELOAD: this.#library,
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_CACHE_DURATION: '1',
      // Setting the wall clock does not affect the monotonic one.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
  }

  jump(hours: number): void {
    this.#hours += hours;
    writeFileSync(this.#file, `${this.#hours < 0 ? '-' : '+'}${Math.abs(this.#hours) * 3600}`);
  }
}
