import type { DecodedImage } from '../images/decode-image.js';

/** What an encoder of each kind is given. */
export interface Contents {
  readonly text: string;
  readonly image: DecodedImage;
}

/** What an encoder reads. */
export type EncoderKind = keyof Contents;

/** Turns a batch of texts or images into vectors. */
export interface Encoder<Kind extends EncoderKind = EncoderKind> {
  readonly name: string;
  readonly kind: Kind;
  /** Of its vectors, where it is known before the first of them. */
  readonly dimension?: number | undefined;
  /**
   * All that its vectors depend on besides the batch: model, files with their hashes, options. Goes into the record; where it
   * changes, encoding starts anew instead of going on.
   */
  readonly identity: Readonly<Record<string, unknown>>;
  /** The vectors of a batch, one after the other: `batch.length * dimension` values. */
  encode(batch: readonly Contents[Kind][]): Promise<Float32Array>;
  /** Frees the model. */
  dispose?(): Promise<void> | void;
}

/** What a user has chosen. */
export interface EncoderSettings {
  /** The name of a model. */
  readonly model?: string | undefined;
  /** Where to read models from, instead of downloading them. */
  readonly modelFolder?: string | undefined;
  /** The encoder's own options. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  /** Hears what takes long, a line at a time. */
  readonly say?: ((line: string) => void) | undefined;
}

/** A way to encode, by name. */
export interface EncoderDefinition<Kind extends EncoderKind = EncoderKind> {
  readonly name: string;
  readonly kind: Kind;
  /** Loads the model; called once for an extraction, before any item is read. */
  create(settings: EncoderSettings): Promise<Encoder<Kind>>;
}

/** Checks an encoder's types where it is written: returns what it is given. */
export function defineEncoder<Kind extends EncoderKind>(definition: EncoderDefinition<Kind>): EncoderDefinition<Kind> {
  return definition;
}
