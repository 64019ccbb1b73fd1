interface NpyParts {
  readonly version?: number;
  readonly header: string;
  readonly data: Uint8Array;
  /** The header length to claim, if it differs from the real one. */
  readonly headerLength?: number | undefined;
}

/** The bytes of an .npy file, assembled by hand. */
export function npyFile({ version = 1, header, data, headerLength }: NpyParts): Uint8Array {
  const text = new TextEncoder().encode(header);
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  length.writeUIntLE(headerLength ?? text.length, 0, length.length);
  return Buffer.concat([Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0), length, text, data]);
}
