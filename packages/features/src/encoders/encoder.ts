import { BalancedRecError, nearestName } from '@balanced-rec/errors';
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

/**
 * The encoder of a kind among the exports of a package.
 *
 * @param name settles it where there are several
 * @throws BalancedRecError `encoder/no-definition`, `encoder/several`
 */
export function chooseEncoder<Kind extends EncoderKind>(
  exported: Readonly<Record<string, unknown>>,
  kind: Kind,
  specifier: string,
  name?: string,
): EncoderDefinition<Kind> {
  const all = [...new Set(Object.values(exported).filter(isDefinition))];
  const ofKind = all.filter((one) => one.kind === kind);
  const fitting = name === undefined ? ofKind : ofKind.filter((one) => one.name === name);
  if (fitting.length === 1) return fitting[0] as EncoderDefinition<Kind>;
  const names = ofKind.map((one) => one.name);
  const nearest = name === undefined ? undefined : nearestName(name, names);
  throw new BalancedRecError({
    code: fitting.length > 1 ? 'encoder/several' : 'encoder/no-definition',
    message:
      fitting.length > 1
        ? `the package ${specifier} exports several encoders of ${kind}`
        : `the package ${specifier} exports no such encoder`,
    place: '--encoder',
    expected: `one export { name, kind: '${kind}', create(settings) }${name === undefined ? '' : ` named "${name}"`}`,
    found: all.map((one) => `${one.name} (${one.kind})`).join(', ') || 'none among its exports',
    remedy: remedyFor(specifier, names, nearest),
  });
}

function remedyFor(specifier: string, names: readonly string[], nearest: string | undefined): string {
  if (nearest !== undefined) return `did you mean ${specifier}#${nearest}?`;
  return names.length > 0 ? `name it: ${specifier}#${names[0]}` : 'make it with defineEncoder(), and export it';
}

function isDefinition(value: unknown): value is EncoderDefinition {
  const candidate = value as Partial<EncoderDefinition> | null;
  return (
    typeof candidate?.create === 'function' &&
    typeof candidate.name === 'string' &&
    (candidate.kind === 'text' || candidate.kind === 'image')
  );
}
