const BYTES = 4;

/** Sums the floating-point operations and bytes that an algorithm cannot avoid. */
export class Work {
  /** Operations in dense products. A multiplication and an addition count as two. */
  flops = 0;
  /** Bytes that must come from or go to memory. */
  bytes = 0;

  /**
   * The dense product `[rows, inner] @ [inner, columns]`.
   * @param gradients how many of its two factors need a gradient, each a product of the same size
   */
  product(rows: number, inner: number, columns: number, gradients: 0 | 1 | 2 = 0): void {
    this.flops += (1 + gradients) * 2 * rows * inner * columns;
  }

  /** Numbers that are read once. */
  reads(numbers: number): void {
    this.bytes += BYTES * numbers;
  }

  /** Parameters updated by an Adam step: their values, gradients and both moments, each read and written once. */
  updates(numbers: number): void {
    this.bytes += 4 * 2 * BYTES * numbers;
  }

  /**
   * A product with a sparse matrix: reads the index and value of each entry, and a row of the dense factor.
   * @param passes how many times, counting the forward pass and each gradient
   */
  gathers(entries: number, columns: number, passes: number): void {
    this.bytes += passes * entries * BYTES * (columns + 2);
  }
}
