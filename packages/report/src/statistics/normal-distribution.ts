/// <reference path="./cephes.d.ts" />
import cephes from 'cephes';

// The library is WebAssembly. Waiting for it here, once, keeps everything that uses it synchronous.
await cephes.compiled;

/** P(Z <= z) of the standard normal distribution, as precise in the far lower tail as elsewhere; 0 below about 1e-160. */
export function normalCdf(z: number): number {
  return cephes.ndtr(z);
}

/** The z with P(Z <= z) = `probability`, for probabilities in (0, 1). */
export function normalQuantile(probability: number): number {
  return cephes.ndtri(probability);
}
