import { readFile, writeFile } from 'node:fs/promises';

/** Changes a text file. */
export async function edit(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(path, change(await readFile(path, 'utf8')));
}

/** The bytes of a hand-made .npy file. */
export function npyBytes(descr: string, shape: string, data: Uint8Array): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`;
  const start = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 0xff, header.length >> 8);
  return Buffer.concat([start, Buffer.from(header), data]);
}

export function floats(count: number, value: (n: number) => number = (n) => n / 7): Uint8Array {
  return new Uint8Array(Float32Array.from({ length: count }, (_, n) => value(n)).buffer);
}
