import type { Sharp } from 'sharp';
import { Fault } from '../items/item-inputs.js';

/** Pixels in sRGB: three bytes each, row by row from the top. */
export interface DecodedImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A small file can decode to any size. This is more than any camera's image, and a bomb's first pixel is never decoded. */
export const MOST_PIXELS = 100_000_000;
/** Bytes of a file that are read at all. */
export const MOST_BYTES = 64 * 2 ** 20;
/** Encoders see some hundred pixels a side. What is larger is made smaller at once, so that a batch fits into memory. */
const LARGEST_SIDE = 1024;
/** For one image. */
const MOST_SECONDS = 30;

/**
 * Decodes a JPEG, PNG, WebP or GIF (its first picture), told by its first bytes whatever it is called. Turned as its EXIF data says,
 * transparency over white, no side over 1024.
 *
 * @returns a fault where it is no such image, truncated, broken, or too large
 */
export async function decodeImage(bytes: Uint8Array): Promise<DecodedImage | Fault> {
  // The formats that libvips reads include some that are programs (SVG, PDF): they never get that far.
  if (!isImage(bytes)) return new Fault('undecodable', `no JPEG, PNG, WebP or GIF; it starts with ${startOf(bytes)}`);
  const { default: sharp } = await import('sharp');
  try {
    const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true });
    const { width, height } = await image.metadata();
    if (width * height > MOST_PIXELS) return new Fault('too-large', `${width} x ${height} pixels, over ${MOST_PIXELS}`);
    return await toPixels(image);
  } catch (error) {
    const message = (error as Error).message.split('\n')[0]!.slice(0, 200);
    return new Fault(/pixel limit/i.test(message) ? 'too-large' : 'undecodable', message);
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
  // A grey image may stay one byte a pixel.
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

function isImage(bytes: Uint8Array): boolean {
  const ascii = (start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return true;
  if (bytes[0] === 0x89 && ascii(1, 4) === 'PNG') return true;
  return /^GIF8[79]a$/.test(ascii(0, 6)) || (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP');
}

function startOf(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'nothing: the file is empty';
  return Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
