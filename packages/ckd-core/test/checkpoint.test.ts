import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BalancedRecError } from '@balanced-rec/errors';
import { expect, test } from 'vitest';
import { encodeSafetensors } from '../src/format/safetensors.js';
import type { Backbone } from '../src/index.js';
import { checkpointDamage, loadParameters, readManifest, saveCheckpoint } from '../src/node.js';
import { onEachEngine } from './support/engines.js';
import { makeSmall } from './support/small-backbone.js';
import { temporaryFolder } from './support/temporary-folder.js';
import { rejectionOf } from './support/thrown-by.js';

const about = {
  observed: ['image', 'text'],
  seed: 3,
  dataHash: 'abc',
  about: { epochs: 5, metrics: { 'recall@20': 0.25 } },
};

function valuesOf(backbone: Backbone): number[][] {
  return [...backbone.parameters.snapshot().values()].map(({ values }) => [...values]);
}

onEachEngine('checkpoints', () => {
  const folder = temporaryFolder();
  const path = () => join(folder.path, 'deep', 'model');

  /** A saved model with seed 1, and a fresh one with seed 2 to load into. */
  async function withSaved(use: (fresh: Backbone, saved: Backbone) => Promise<void>): Promise<void> {
    const [saved, fresh] = [makeSmall(['image', 'text'], 1), makeSmall(['image', 'text'], 2)];
    try {
      await saveCheckpoint(path(), saved, about);
      await use(fresh, saved);
    } finally {
      saved.dispose();
      fresh.dispose();
    }
  }

  /** Expects loading to fail with the given code and to leave the model unchanged. */
  async function refused(backbone: Backbone, code: string) {
    const before = valuesOf(backbone);
    const error = await rejectionOf(loadParameters(path(), backbone), code);
    expect(valuesOf(backbone)).toEqual(before);
    return error.details;
  }

  test('restore parameters and describe what they belong to', () =>
    withSaved(async (fresh, saved) => {
      expect(valuesOf(fresh)).not.toEqual(valuesOf(saved));
      const manifest = await loadParameters(path(), fresh);
      expect(valuesOf(fresh)).toEqual(valuesOf(saved));
      const config = { width: 4, regWeight: 1e-3, kind: 'linear' };
      const expected = { format: 1, backbone: 'small', config, modalities: ['image', 'text'], ...about };
      const modelSha256 = createHash('sha256')
        .update(await readFile(join(path(), 'model.safetensors')))
        .digest('hex');
      expect(manifest).toEqual({ ...expected, modelSha256 });
      expect(await readManifest(path())).toEqual({ ...expected, modelSha256 });
      expect((await readdir(path())).sort()).toEqual(['manifest.json', 'model.safetensors']);
    }));

  test('are replaced by later ones, leaving nothing else behind', () =>
    withSaved(async (fresh) => {
      await writeFile(join(path(), 'stray'), 'x');
      await saveCheckpoint(path(), fresh, { ...about, seed: 4 });
      expect((await readManifest(path())).seed).toBe(4);
      expect((await readdir(path())).sort()).toEqual(['manifest.json', 'model.safetensors']);
      expect(await readdir(join(folder.path, 'deep'))).toEqual(['model']);
    }));

  test('of a different backbone are refused', () =>
    withSaved(async (fresh) => {
      const file = join(path(), 'manifest.json');
      await writeFile(file, JSON.stringify({ ...(await readManifest(path())), backbone: 'other' }));
      expect(await refused(fresh, 'checkpoint/other-backbone')).toMatchObject({ expected: 'small', found: 'other' });
    }));

  test('of a different shape are refused, naming the parameter', () =>
    withSaved(async () => {
      const wide = makeSmall(['image', 'text'], 1, { width: 5 });
      const details = await refused(wide, 'parameters/mismatch');
      expect(details).toMatchObject({ place: 'user.id', expected: 'shape [30,5]', found: 'shape [30,4]' });
      wide.dispose();
    }));

  test('of different modalities are refused, naming the parameter', () =>
    withSaved(async () => {
      const other = makeSmall(['image', 'audio']);
      expect(await refused(other, 'parameters/mismatch')).toMatchObject({
        place: 'user.audio',
        found: 'no such parameter',
      });
      other.dispose();
      const fewer = makeSmall(['image']);
      expect(await refused(fewer, 'parameters/mismatch')).toMatchObject({
        place: 'user.text',
        expected: 'no such parameter',
      });
      fewer.dispose();
    }));

  test('that are missing are reported, naming the file', () =>
    withSaved(async (fresh) => {
      await rm(join(path(), 'model.safetensors'));
      expect((await refused(fresh, 'checkpoint/missing')).place).toBe(join(path(), 'model.safetensors'));
      await rm(path(), { recursive: true });
      const details = await refused(fresh, 'checkpoint/missing');
      expect(details).toMatchObject({ place: join(path(), 'manifest.json'), found: 'ENOENT' });
    }));

  test.each([
    '',
    '{',
    'null',
    '3',
    '[]',
    '{"format":2,"backbone":"small"}',
    '{"format":1}',
    '{"format":1,"backbone":7}',
    '{"format":1,"backbone":"small"}',
    '{"format":1,"backbone":"small","seed":1,"modalities":["text"]}',
  ])('with the manifest %j are refused', (text) =>
    withSaved(async (fresh) => {
      await writeFile(join(path(), 'manifest.json'), text);
      expect((await refused(fresh, 'checkpoint/malformed')).place).toBe(join(path(), 'manifest.json'));
    }),
  );

  test('with damaged parameters are refused', () =>
    withSaved(async (fresh) => {
      const file = join(path(), 'model.safetensors');
      const bytes = await readFile(file);
      await writeFile(file, bytes.subarray(0, bytes.length - 1));
      expect((await refused(fresh, 'checkpoint/damaged')).place).toBe(file);
      expect(await checkpointDamage(path())).toContain(path());
      await writeFile(file, bytes);
      expect(await checkpointDamage(path())).toBeUndefined();
    }));

  test('without checksums (from older versions) are loaded, checking only the format of their parameters', () =>
    withSaved(async (fresh, saved) => {
      const { modelSha256: _, ...manifest } = await readManifest(path());
      await writeFile(join(path(), 'manifest.json'), JSON.stringify(manifest, null, 2));
      await loadParameters(path(), fresh);
      expect(valuesOf(fresh)).toEqual(valuesOf(saved));
      const file = join(path(), 'model.safetensors');
      const bytes = await readFile(file);
      await writeFile(file, bytes.subarray(0, bytes.length - 1));
      expect((await refused(fresh, 'safetensors/malformed')).place).toBe(file);
      await writeFile(file, encodeSafetensors(new Map()));
      await refused(fresh, 'parameters/mismatch');
    }));

  test('with a damaged manifest are refused, whichever bit is flipped', () =>
    withSaved(async (fresh) => {
      const file = join(path(), 'manifest.json');
      const bytes = await readFile(file);
      for (let bit = 0; bit < 8 * bytes.length; bit += 29) {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3]! ^= 1 << (bit & 7);
        await writeFile(file, flipped);
        const error = (await loadParameters(path(), fresh).catch((thrown) => thrown)) as BalancedRecError;
        expect(error.code, `bit ${bit}`).toMatch(/^checkpoint\/(damaged|malformed)$/);
      }
    }));

  test('that cannot be written leave nothing behind', async () => {
    const backbone = makeSmall();
    await mkdir(join(folder.path, 'taken'));
    await writeFile(join(folder.path, 'taken', 'file'), 'not a folder');
    await expect(saveCheckpoint(join(folder.path, 'taken', 'file', 'model'), backbone, about)).rejects.toThrow();
    expect(await readdir(join(folder.path, 'taken'))).toEqual(['file']);
    backbone.dispose();
  });
});
