/** How to fetch. */
export interface FetchOptions {
  /** Ends it; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The bytes at an address.
 * @param missing makes the error for an address that does not answer with a file, from what was found there
 */
export async function fetchBytes(
  address: string,
  { signal }: FetchOptions,
  missing: (found: string, cause?: unknown) => Error,
): Promise<Uint8Array> {
  try {
    const response = await fetch(address, { signal: signal ?? null });
    if (!response.ok) throw missing(`HTTP ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    // What fetch itself throws: no connection, or an address that is none.
    if (cause instanceof TypeError) throw missing(cause.message, cause);
    throw cause;
  }
}
