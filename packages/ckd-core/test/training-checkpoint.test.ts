import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appendDigest, type Damage } from '@balanced-rec/files';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { encodeSafetensors } from '../src/format/safetensors.js';
import { sealedSafetensorsChunks } from '../src/format/sealed-safetensors.js';
import type { NamedArray } from '../src/format.js';
import type { TrainingState } from '../src/index.js';
import { identityOfCheckpoint, TrainingCheckpointFile, type TrainingCheckpointOptions } from '../src/node.js';
import { temporaryFolder } from './support/temporary-folder.js';

const identity = { seed: 1, variant: 'plain' };

/** A state after the given number of epochs, recognisable by its values. */
function stateAfter(epochs: number): TrainingState {
  return {
    arrays: new Map([
      ['parameter/user.id', { shape: [2, 2], values: Float32Array.of(epochs, -0, 1e-45, Number.MAX_VALUE) }],
      ['m/user.id', { shape: [], values: Float32Array.of(epochs / 3) }],
    ]),
    progress: {
      history: Array.from({ length: epochs }, (_, k) => ({ epoch: k + 1, losses: { bpr: 1 / 3 }, measures: {} })),
      stopping: { bestScore: 0.1, sinceBest: epochs },
      best: { epoch: 1, validation: { score: 0.1, metrics: { 'recall@20': 0.1 } } },
      random: { sampling: [1, 2, 3, 4294967295] },
      optimizer: {},
    },
  };
}

describe('a training checkpoint', () => {
  const folder = temporaryFolder();
  const path = () => join(folder.path, 'progress', 'run.safetensors');
  const file = (options: Partial<TrainingCheckpointOptions> = {}) =>
    new TrainingCheckpointFile(path(), { identity, everySeconds: 0, ...options });
  const write = (epochs: number, options: Partial<TrainingCheckpointOptions> = {}) =>
    file(options).offer(() => stateAfter(epochs));
  const place = async (bytes: Uint8Array | string) => {
    await mkdir(join(folder.path, 'progress'), { recursive: true });
    await writeFile(path(), bytes);
  };
  afterEach(() => vi.restoreAllMocks());

  test('restores the state and the notes of the training that wrote it', async () => {
    await write(3, { notes: () => ({ seconds: 12 }) });
    const again = file();
    expect(again.savedNotes).toBeUndefined();
    expect(await again.load()).toEqual(stateAfter(3));
    expect(again.savedNotes).toEqual({ seconds: 12 });
  });

  test('recognises a training by the content of its identity, regardless of key order', async () => {
    await write(3, { notes: () => 'notes' });
    expect(await file({ identity: { variant: 'plain', seed: 1 } }).load()).toEqual(stateAfter(3));
    const other = file({ identity: { ...identity, seed: 2 } });
    expect(await other.load()).toBeUndefined();
    expect(other.savedNotes).toBeUndefined();
  });

  test('starts over if nothing was written or a folder is in the way', async () => {
    expect(await file().load()).toBeUndefined();
    await mkdir(path(), { recursive: true });
    expect(await file().load()).toBeUndefined();
    expect(await identityOfCheckpoint(path())).toBeUndefined();
  });

  test('starts over from a truncated file, wherever it is cut', async () => {
    await write(1, { notes: () => 'notes' });
    const whole = await readFile(path());
    for (let length = 0; length < whole.length; length += 5) {
      vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
      await place(whole.subarray(0, length));
      expect(await identityOfCheckpoint(path())).toBeUndefined();
      const cut = file();
      expect(await cut.load(), `${length} bytes`).toBeUndefined();
      expect(cut.savedNotes).toBeUndefined();
      expect(await readFile(`${path()}.damaged-1`)).toEqual(whole.subarray(0, length));
      await rm(`${path()}.damaged-1`);
    }
  });

  const array: NamedArray = { shape: [1], values: Float32Array.of(1) };
  const withMetadata = (training: string) =>
    Buffer.concat([...sealedSafetensorsChunks(new Map([['x', array]]), { training })]);
  const sealed = (...pieces: Uint8Array[]) => Buffer.concat([...appendDigest(pieces)]);
  const withHeader = (json: string) => sealed(Buffer.from([json.length, 0, 0, 0, 0, 0, 0, 0]), Buffer.from(json));
  test.each([
    ['text', 'this is not a checkpoint, but longer than eight bytes'],
    ['a length of gigabytes', sealed(Buffer.from([0, 0, 0, 0, 8, 0, 0, 0, 1]))],
    ['a header that is null', withHeader('null')],
    ['a header that is a list', withHeader('[]')],
    ['metadata that is null', withHeader('{"__metadata__":null}')],
    ['metadata of numbers', withHeader('{"__metadata__":{"training":1}}')],
    ['another safetensors file', sealed(encodeSafetensors(new Map([['x', array]])))],
    ['metadata that is not JSON', withMetadata('{"identity":')],
    ['metadata of something else', withMetadata('null')],
  ])('starts over from %s', async (_, bytes) => {
    await place(bytes);
    expect(await identityOfCheckpoint(path())).toBeUndefined();
    const damages: Damage[] = [];
    expect(await file({ onDamage: (damage) => damages.push(damage) }).load()).toBeUndefined();
    expect(damages).toMatchObject([{ file: path(), movedTo: `${path()}.damaged-1` }]);
  });

  test('replaces a damaged file', async () => {
    await place('damaged beyond repair');
    await write(2);
    expect(await file().load()).toEqual(stateAfter(2));
    expect(await identityOfCheckpoint(path())).toEqual(identity);
  });

  test('waits between two writes and collects no state before the next one', async () => {
    let now = 1000;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const checkpoint = file({ everySeconds: 30 });
    const state = vi.fn(() => stateAfter(state.mock.calls.length));
    const written: number[] = [];
    for (let second = 0; second <= 95; second += 5) {
      now = 1000 + 1000 * second;
      await checkpoint.offer(state);
      if (state.mock.calls.length > written.length) written.push(second);
    }
    expect(written).toEqual([30, 60, 90]);
    expect(await file().load()).toEqual(stateAfter(3));
  });

  test('writes less often if writing is slow', async () => {
    let now = 0;
    const seconds = 2;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const checkpoint = file();
    const slow = vi.fn(() => {
      now += 1000 * seconds;
      return stateAfter(1);
    });
    await checkpoint.offer(slow);
    const share = 0.05;
    now = 1000 * seconds * (1 + 1 / share) - 1;
    await checkpoint.offer(slow);
    expect(slow).toHaveBeenCalledTimes(1);
    now += 1;
    await checkpoint.offer(slow);
    expect(slow).toHaveBeenCalledTimes(2);
  });

  test('keeps only the old state if a write is interrupted', async () => {
    await write(2);
    const next = stateAfter(3);
    const arrays = new Map(next.arrays).set('best/user.id', {
      shape: [1],
      get values(): Float32Array {
        throw new Error('the disk is full');
      },
    });
    await expect(file().offer(() => ({ ...next, arrays }))).rejects.toThrow('the disk is full');
    expect(await file().load()).toEqual(stateAfter(2));
    expect(await readdir(join(folder.path, 'progress'))).toEqual(['run.safetensors']);
  });

  test('can be removed when training is over, even if it was never written', async () => {
    await write(1);
    for (let times = 0; times < 2; times++) {
      await file().remove();
      expect(await file().load()).toBeUndefined();
    }
  });
});
