import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  appendDigest,
  type Damage,
  openSealedJson,
  readKept,
  sealJson,
  setAside,
  withoutDigest,
} from '../src/index.js';
import { temporaryFolder } from './temporary-folder.js';

/** All copies with a single flipped bit. */
function* flips(bytes: Uint8Array): Generator<Buffer> {
  for (let bit = 0; bit < 8 * bytes.length; bit++) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    yield flipped;
  }
}

const text = `${JSON.stringify({ format: 2, id: 'a', text: 'ü', list: [1, 2] }, null, 1)}\n`;

describe('JSON with its SHA-256', () => {
  const sealed = Buffer.from(sealJson(text));

  test('is JSON, returns its text, and detects every flipped bit and every truncation', () => {
    expect(JSON.parse(sealed.toString())).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), id: 'a' });
    expect(openSealedJson(sealed, 'format')).toBe(text);
    for (const flipped of flips(sealed)) expect(openSealedJson(flipped, 'format')).toBeUndefined();
    for (let length = 0; length < sealed.length; length++)
      expect(openSealedJson(sealed.subarray(0, length), 'format')).toBeUndefined();
  });

  test('is accepted unchecked if it was written before seals existed', () => {
    for (const old of [text, JSON.stringify(JSON.parse(text))])
      expect(openSealedJson(Buffer.from(old), 'format')).toBe(old);
  });

  test('can be checked by hand', () => {
    const rest = execFileSync('sed', ['2d'], { input: sealed });
    expect(rest.toString()).toBe(text);
    const digest = execFileSync('sha256sum', { input: rest }).toString().slice(0, 64);
    expect(JSON.parse(sealed.toString()).sha256).toBe(digest);
  });
});

describe('bytes with their SHA-256', () => {
  const folder = temporaryFolder();
  const sealed = Buffer.concat([...appendDigest([Buffer.from('some '), Buffer.from('bytes')])]);

  test('detect every flipped bit and every truncation', () => {
    expect(Buffer.from(withoutDigest(sealed)!).toString()).toBe('some bytes');
    for (const flipped of flips(sealed)) expect(withoutDigest(flipped)).toBeUndefined();
    for (let length = 0; length < sealed.length; length++)
      expect(withoutDigest(sealed.subarray(0, length))).toBeUndefined();
  });

  test('are set aside under a unique name if they are damaged', () => {
    const path = join(folder.path, 'kept');
    const damages: Damage[] = [];
    const read = () =>
      readKept(
        path,
        (content) => Buffer.from(content).toString(),
        (damage) => damages.push(damage),
      );
    expect(read()).toBeUndefined();
    writeFileSync(path, sealed);
    expect(read()).toBe('some bytes');
    expect(damages).toEqual([]);
    for (const n of [1, 2]) {
      writeFileSync(path, `damaged ${n}`);
      expect(read()).toBeUndefined();
      expect(readFileSync(`${path}.damaged-${n}`, 'utf8')).toBe(`damaged ${n}`);
      expect(damages).toHaveLength(n);
    }
    expect(existsSync(path)).toBe(false);
    // Another process was first.
    expect(setAside(path, 'cut off')).toEqual({ file: path, found: 'cut off', movedTo: undefined });
  });
});
