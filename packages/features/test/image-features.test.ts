import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { thrownBy } from '../../datasets/test/thrown-by.js';
import { decodeImage } from '../src/images/decode-image.js';
import { type ExtractOptions, extractFeatures, transformersImage } from '../src/index.js';
import { Fault } from '../src/items/item-inputs.js';
import { itemLines, makeFolder, meanOf, namesIn, readRows } from './dataset-folder.js';
import { bombPng, picture } from './pictures.js';
import { IMAGE_DIMENSION, type ImageAnswer, writeImageModel } from './tiny-models.js';

let modelFolder: string;

beforeAll(async () => {
  modelFolder = await writeImageModel(await makeFolder());
});

function encode(
  folder: string,
  source: ExtractOptions<'image'>['source'],
  more: Partial<ExtractOptions<'image'>> = {},
) {
  return extractFeatures({ folder, encoder: transformersImage, source, settings: { modelFolder }, ...more });
}

const listed = (...ids: string[]) => itemLines(ids.map((item_id) => ({ item_id })));

describe('images', () => {
  it('are decoded from any format to nearly the same vectors', async () => {
    const image = picture(48, 32, 1);
    const folder = await makeFolder({
      'items.jsonl': listed('1', '2', '3', '4', '5'),
      'images/1.jpg': await image.jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer(),
      'images/2.png': await image.png().toBuffer(),
      'images/3.webp': await image.webp({ lossless: true }).toBuffer(),
      'images/4.JPEG': await image.jpeg({ quality: 100, progressive: true }).toBuffer(),
      'images/5.png': await picture(48, 32, 9).png().toBuffer(),
    });
    const record = await encode(folder, { folder: join(folder, 'images') });
    expect(record).toMatchObject({ rows: 5, dimension: IMAGE_DIMENSION, encoded: 5, faults: {} });
    const [jpeg, png, webp, progressive, other] = await readRows(folder, 'image');
    expect(webp).toEqual(png);
    for (const [n, value] of png!.entries()) {
      expect(jpeg![n]).toBeCloseTo(value, 1);
      expect(progressive![n]).toBeCloseTo(value, 1);
    }
    expect(other).not.toEqual(png);
  });

  it('may be grey, transparent, 16-bit, rotated, large, animated or CMYK', async () => {
    const image = picture(40, 40, 2);
    const { data, info } = await image.clone().raw().toBuffer({ resolveWithObject: true });
    const cmyk = sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } }).toColourspace('cmyk');
    const files = {
      'images/grey.png': await image.clone().greyscale().png().toBuffer(),
      'images/clear.png': await image.clone().ensureAlpha(0.5).png().toBuffer(),
      'images/deep.png': await image.clone().toColourspace('rgb16').png().toBuffer(),
      'images/turned.jpg': await image.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
      'images/large.jpg': await picture(3000, 200, 3).jpeg().toBuffer(),
      'images/gif.png': await image.clone().gif().toBuffer(),
      'images/cmyk.jpg': await cmyk.jpeg().toBuffer(),
    };
    const ids = Object.keys(files).map((path) => /\/(\w+)\./.exec(path)![1]!);
    const folder = await makeFolder({ 'items.jsonl': listed(...ids), ...files });
    const record = await encode(folder, { folder: join(folder, 'images') });
    expect(record.fallbackRows).toEqual([]);
    for (const row of await readRows(folder, 'image')) expect(Math.hypot(...row)).toBeCloseTo(1, 5);
  });

  it('get the mean if they are broken, and the record says why', async () => {
    const jpeg = await picture(64, 64, 4).jpeg().toBuffer();
    const png = await picture(64, 64, 5).png().toBuffer();
    const folder = await makeFolder({
      'items.jsonl': listed(
        'good',
        'fine',
        'cut',
        'text',
        'missing',
        'empty',
        'bomb',
        'svg',
        'cutpng',
        'folder',
        'huge',
      ),
      'images/good.jpg': jpeg,
      'images/fine.png': png,
      'images/cut.jpg': jpeg.subarray(0, jpeg.length >> 1),
      'images/text.png': 'I am no image.\n',
      'images/empty.jpg': '',
      'images/bomb.png': bombPng(20_000, 20_000),
      'images/svg.png':
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
      'images/cutpng.png': png.subarray(0, png.length - 40),
      'images/huge.jpg': Buffer.alloc(64 * 2 ** 20 + 1),
    });
    await mkdir(join(folder, 'images/folder.jpg'));
    const record = await encode(folder, { folder: join(folder, 'images') });
    expect(record.fallbackRows.map(({ id, reason }) => [id, reason])).toEqual([
      ['cut', 'undecodable'],
      ['text', 'undecodable'],
      ['missing', 'missing'],
      ['empty', 'undecodable'],
      ['bomb', 'too-large'],
      ['svg', 'undecodable'],
      ['cutpng', 'undecodable'],
      ['folder', 'missing'],
      ['huge', 'too-large'],
    ]);
    const detailOf = (id: string) => record.fallbackRows.find((row) => row.id === id)!.detail;
    expect(['cut', 'cutpng'].map(detailOf)).toEqual(['an incomplete JPEG', 'an incomplete PNG']);
    expect(record.faults).toEqual({ missing: 2, 'too-large': 2, undecodable: 5 });
    const rows = await readRows(folder, 'image');
    for (const row of rows.slice(2)) expect(row).toEqual(meanOf(rows.slice(0, 2)));
  });

  it('are named as incomplete wherever they are cut, however many fail at once', async () => {
    const raw = picture(300, 200, 6);
    const whole = {
      JPEG: await raw.jpeg().toBuffer(),
      PNG: await raw.png().toBuffer(),
      WebP: await raw.webp().toBuffer(),
    };
    for (const [format, bytes] of Object.entries(whole)) {
      const shares = Array.from({ length: 20 }, (_, n) => 0.1 + n * 0.04);
      const cut = await Promise.all(shares.map((share) => decodeImage(bytes.subarray(0, bytes.length * share))));
      expect(new Set(cut.map((found) => found instanceof Fault && found.detail))).toEqual(
        new Set([`an incomplete ${format}`]),
      );
    }
    const damaged = Buffer.from(whole.JPEG);
    damaged.fill(0, 20, 200);
    expect(await decodeImage(damaged)).toMatchObject({ reason: 'undecodable', detail: 'a damaged JPEG' });
  });

  it.each<ImageAnswer>(['patches', 'map'])('are pooled for a model that returns %s', async (answer) => {
    const folder = await makeFolder({
      'items.jsonl': listed('1', '2'),
      'images/1.png': await picture(32, 32, 6).png().toBuffer(),
      'images/2.png': await picture(32, 32, 7).png().toBuffer(),
    });
    const settings = { modelFolder: await writeImageModel(await makeFolder(), answer) };
    const record = await encode(folder, { folder: join(folder, 'images') }, { settings });
    expect(record).toMatchObject({ dimension: IMAGE_DIMENSION, encoded: 2 });
    const [first] = await readRows(folder, 'image');
    await encode(
      folder,
      { folder: join(folder, 'images') },
      { settings: { ...settings, options: { pooling: 'mean' } }, overwrite: true },
    );
    const [mean] = await readRows(folder, 'image');
    // A map has no first patch, so its mean is always used.
    if (answer === 'map') expect(mean).toEqual(first);
    else expect(mean).not.toEqual(first);
  });
});

describe('image paths', () => {
  it('never lead out of the folder', async () => {
    const secret = await picture(16, 16, 8).png().toBuffer();
    const outside = await makeFolder({ 'secret.png': secret });
    const good = await picture(16, 16, 3).png().toBuffer();
    const folder = await makeFolder({ 'pictures/in/good.png': good, 'pictures/17.png': good });
    await writeFile(join(folder, 'secret.png'), secret);
    await symlink(join(outside, 'secret.png'), join(folder, 'pictures/link.png'));
    await symlink(outside, join(folder, 'pictures/linked'));
    await symlink(join(folder, 'pictures/in/good.png'), join(folder, 'pictures/inner.png'));
    await symlink('loop.png', join(folder, 'pictures/loop.png'));
    const paths: [path: unknown, reason: string | undefined][] = [
      ['in/good.png', undefined],
      ['inner.png', undefined],
      ['./in//good.png', undefined],
      ['in/good', undefined],
      ['linked/secret', 'refused'],
      ['in/bad', 'missing'],
      ['../secret.png', 'refused'],
      ['in/../../secret.png', 'refused'],
      ['..\\secret.png', 'refused'],
      [join(outside, 'secret.png'), 'refused'],
      ['C:\\secret.png', 'refused'],
      ['c:secret.png', 'refused'],
      ['\\\\host\\share\\secret.png', 'refused'],
      ['in/good.png\0.jpg', 'refused'],
      ['link.png', 'refused'],
      ['linked/secret.png', 'refused'],
      ['loop.png', 'refused'],
      ['file:///etc/passwd', 'refused'],
      ['https://example.org/a.png', 'refused'],
      [['in/good.png'], 'refused'],
      [17, undefined],
      ['17.0', undefined],
      [18, 'missing'],
      [true, 'refused'],
      [{ path: 'in/good.png' }, 'refused'],
      ['gone.png', 'missing'],
      ['in', 'missing'],
      ['', 'missing'],
      [null, 'missing'],
      ['x'.repeat(5000), 'missing'],
    ];
    await writeFile(join(folder, 'items.jsonl'), itemLines(paths.map(([image], n) => ({ item_id: `${n}`, image }))));
    const record = await encode(folder, { column: 'image', root: join(folder, 'pictures') });
    const reasons = new Map(record.fallbackRows.map(({ row, reason }) => [row, reason]));
    expect(paths.map(([path], row) => [path, reasons.get(row)])).toEqual(paths);
  });

  it('are never made from ids with path characters', async () => {
    const folder = await makeFolder({
      'items.jsonl': listed('good', '../secret', 'a/b', '..', '/etc/passwd'),
      'images/good.png': await picture(16, 16, 1).png().toBuffer(),
      'secret.png': await picture(16, 16, 2).png().toBuffer(),
    });
    const record = await encode(folder, { folder: join(folder, 'images') });
    expect(record.fallbackRows.map(({ reason }) => reason)).toEqual(['refused', 'refused', 'missing', 'refused']);
  });

  it('are refused if the folder does not exist', async () => {
    const folder = await makeFolder({ 'items.jsonl': listed('a') });
    const error = await thrownBy(() => encode(folder, { folder: join(folder, 'pictures') }));
    expect(error.code).toBe('images/missing-folder');
    expect(await namesIn(folder)).toEqual(['items.jsonl']);
    expect(await readFile(join(folder, 'items.jsonl'), 'utf8')).toBe(listed('a'));
  });
});
