import type { Sharp } from 'sharp';
import { Fault } from '../items/item-inputs.js';

/** Pixels in sRGB: three bytes each, row by row from the top. */
export interface DecodedImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A small file can decode to any size. This limit exceeds any camera's image, and a decompression bomb is never decoded. */
export const MOST_PIXELS = 100_000_000;
/** The largest file that is read. */
export const MOST_BYTES = 64 * 2 ** 20;
/** Encoders see a few hundred pixels a side. Larger images are reduced at once, so that a batch fits into memory. */
const LARGEST_SIDE = 1024;
/** The time limit per image. */
const MOST_SECONDS = 30;

/**
 * Decodes a JPEG, PNG, WebP or GIF (its first frame). The format is detected from the first bytes, whatever the file name.
 * Applies the EXIF orientation, puts transparent images on white, and limits each side to 1024 pixels.
 *
 * @returns a fault if the bytes are not such an image, or are truncated, broken, or too large
 */
export async function decodeImage(bytes: Uint8Array): Promise<DecodedImage | Fault> {
  // Some of the formats that libvips reads are programs (SVG, PDF). They must not get that far.
  const format = formatOf(bytes);
  if (format === undefined)
    return new Fault('undecodable', `not a JPEG, PNG, WebP or GIF; it starts with ${startOf(bytes)}`);
  const { default: sharp } = await import('sharp');
  try {
    const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true });
    const { width, height } = await image.metadata();
    if (width * height > MOST_PIXELS) return new Fault('too-large', `${width} x ${height} pixels, over ${MOST_PIXELS}`);
    return await toPixels(image);
  } catch (error) {
    // libvips's own words are not kept: it mixes up those of images decoded at the same time.
    const { message } = error as Error;
    if (/pixel limit/i.test(message)) return new Fault('too-large', `over ${MOST_PIXELS} pixels`);
    if (/timeout/i.test(message)) return new Fault('too-large', `not decoded within ${MOST_SECONDS} seconds`);
    return new Fault('undecodable', `${endsEarly(bytes, format) ? 'an incomplete' : 'a damaged'} ${format}`);
  }
}

async function toPixels(image: Sharp): Promise<DecodedImage> {
  const { data, info } = await image
    .timeout({ seconds: MOST_SECONDS })
    .rotate()
    .resize({ width: LARGEST_SIDE, height: LARGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  // A grey image may still have one byte per pixel.
  return { width, height, data: channels === 3 ? data : threefold(data, channels) };
}

function threefold(data: Uint8Array, channels: number): Uint8Array {
  const pixels = data.length / channels;
  const colours = new Uint8Array(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let n = 0; n < 3; n++) colours[pixel * 3 + n] = data[pixel * channels + (channels > 2 ? n : 0)]!;
  }
  return colours;
}

type Format = 'JPEG' | 'PNG' | 'GIF' | 'WebP';

function formatOf(bytes: Uint8Array): Format | undefined {
  const ascii = (start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'JPEG';
  if (bytes[0] === 0x89 && ascii(1, 4) === 'PNG') return 'PNG';
  if (/^GIF8[79]a$/.test(ascii(0, 6))) return 'GIF';
  return ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP' ? 'WebP' : undefined;
}

/** Whether the end of the image is missing. */
function endsEarly(bytes: Uint8Array, format: Format): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'JPEG') return !buffer.includes(Buffer.from([0xff, 0xd9]));
  if (format === 'PNG') return !buffer.includes('IEND');
  if (format === 'GIF') return bytes[bytes.length - 1] !== 0x3b;
  return buffer.length < 8 || buffer.readUInt32LE(4) + 8 > buffer.length;
}

function startOf(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'nothing: the file is empty';
  return Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
