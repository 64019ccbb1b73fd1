import { existsSync, writeFileSync } from 'node:fs';

/** Debian's package faketime. */
const LIBRARIES = ['x86_64', 'aarch64'].map((cpu) => `/usr/lib/${cpu}-linux-gnu/faketime/libfaketimeMT.so.1`);

/** The wall clock of some processes, which can be set while they run; the machine's own is left alone. */
export class FakeClock {
  readonly #file: string;
  readonly #library: string;
  #hours = 0;

  /** @throws Error where libfaketime is missing */
  constructor(file: string) {
    const library = LIBRARIES.find((path) => existsSync(path));
    if (!library) throw new Error('clock jumps need libfaketime: apt-get install faketime');
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
      // A clock that is set does not move the monotonic one.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
  }

  jump(hours: number): void {
    this.#hours += hours;
    writeFileSync(this.#file, `${this.#hours < 0 ? '-' : '+'}${Math.abs(this.#hours) * 3600}`);
  }
}
