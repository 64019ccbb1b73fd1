/** Options for fetching. */
export interface FetchOptions {
  /** Aborts the request; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fetches the bytes at an address.
 * @param missing creates the error for an address that does not serve a file, from a description of the response
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
    // Thrown by fetch itself: no connection, or an invalid address.
    if (cause instanceof TypeError) throw missing(cause.message, cause);
    throw cause;
  }
}
