/** The parts of `cephes` that this package uses. The library has declarations, but its package.json does not point to them. */
declare module 'cephes' {
  const cephes: {
    /** Resolves once the library can be called. */
    readonly compiled: Promise<void>;
    ndtr(z: number): number;
    ndtri(probability: number): number;
  };
  export default cephes;
}
