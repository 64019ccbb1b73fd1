import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import type { DecodedImage } from '../images/decode-image.js';

/** The input of each kind of encoder. */
export interface Contents {
  readonly text: string;
  readonly image: DecodedImage;
}

/** The kind of input that an encoder reads. */
export type EncoderKind = keyof Contents;

/** Turns a batch of texts or images into vectors. */
export interface Encoder<Kind extends EncoderKind = EncoderKind> {
  readonly name: string;
  readonly kind: Kind;
  /** The dimension of its vectors, if known before the first one. */
  readonly dimension?: number | undefined;
  /**
   * Everything that its vectors depend on besides the batch: the model, files with their hashes, options. It goes into the
   * record. If it changes, encoding starts over instead of resuming.
   */
  readonly identity: Readonly<Record<string, unknown>>;
  /** Returns the vectors of a batch, one after the other: `batch.length * dimension` values. */
  encode(batch: readonly Contents[Kind][]): Promise<Float32Array>;
  /** Frees the model. */
  dispose?(): Promise<void> | void;
}

/** The user's choices. */
export interface EncoderSettings {
  /** The name of a model. */
  readonly model?: string | undefined;
  /** Where to read models from instead of downloading them. */
  readonly modelFolder?: string | undefined;
  /** The encoder's own options. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  /** Receives progress messages for slow steps, one line at a time. */
  readonly say?: ((line: string) => void) | undefined;
}

/** A named way to encode. */
export interface EncoderDefinition<Kind extends EncoderKind = EncoderKind> {
  readonly name: string;
  readonly kind: Kind;
  /** Loads the model. Called once per extraction, before any item is read. */
  create(settings: EncoderSettings): Promise<Encoder<Kind>>;
}

/** Returns its argument. Lets TypeScript check an encoder where it is defined. */
export function defineEncoder<Kind extends EncoderKind>(definition: EncoderDefinition<Kind>): EncoderDefinition<Kind> {
  return definition;
}

/**
 * Finds the encoder of a kind among the exports of a package.
 *
 * @param name selects one if there are several
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
        ? `the package ${specifier} exports several ${kind} encoders`
        : `the package ${specifier} does not export a matching encoder`,
    place: '--encoder',
    expected: `one export { name, kind: '${kind}', create(settings) }${name === undefined ? '' : ` named "${name}"`}`,
    found: all.map((one) => `${one.name} (${one.kind})`).join(', ') || 'no encoders',
    remedy: remedyFor(specifier, names, nearest),
  });
}

function remedyFor(specifier: string, names: readonly string[], nearest: string | undefined): string {
  if (nearest !== undefined) return `did you mean ${specifier}#${nearest}?`;
  return names.length > 0
    ? `name one, for example ${specifier}#${names[0]}`
    : 'create it with defineEncoder() and export it';
}

function isDefinition(value: unknown): value is EncoderDefinition {
  const candidate = value as Partial<EncoderDefinition> | null;
  return (
    typeof candidate?.create === 'function' &&
    typeof candidate.name === 'string' &&
    (candidate.kind === 'text' || candidate.kind === 'image')
  );
}
