import { BalancedRecError, nearestName } from '@balanced-rec/errors';

/** The options of the transformers encoders. */
export interface TransformersOptions {
  /** The precision of the model; a lower one is faster and less exact. */
  readonly dtype: (typeof DTYPES)[number];
  /** How to combine the vectors of tokens or patches: their mean, or the first one (the model's own summary). */
  readonly pooling: (typeof POOLINGS)[number];
  /** Whether to scale vectors to length 1. */
  readonly normalize: boolean;
  /** The model's version: a branch, a tag or a commit. */
  readonly revision: string;
  /** How many tokens of a text to read. Default: the model's own limit. */
  readonly maxTokens?: number;
}

const DTYPES = ['fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'q4f16', 'bnb4'] as const;
const POOLINGS = ['mean', 'cls'] as const;

type Check = { readonly expected: string; readonly fits: (value: unknown) => boolean };

const checks: Readonly<Record<keyof TransformersOptions, Check>> = {
  dtype: { expected: DTYPES.join(', '), fits: (value) => DTYPES.some((one) => one === value) },
  pooling: { expected: POOLINGS.join(' or '), fits: (value) => POOLINGS.some((one) => one === value) },
  normalize: { expected: 'true or false', fits: (value) => typeof value === 'boolean' },
  revision: {
    expected: 'a branch, tag or commit',
    fits: (value) => typeof value === 'string' && /^[\w][\w./-]*$/.test(value) && !value.includes('..'),
  },
  maxTokens: { expected: 'a whole number from 1 to 8192', fits: (value) => isWhole(value, 1, 8192) },
};

/**
 * Checks the caller's options and fills in the defaults.
 *
 * @throws BalancedRecError `encoder/unknown-option`, `encoder/bad-option`
 */
export function transformersOptions(
  options: Readonly<Record<string, unknown>>,
  defaults: TransformersOptions,
): TransformersOptions {
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(checks, name)) throw unknownOption(name);
    const { expected, fits } = checks[name as keyof TransformersOptions];
    if (!fits(value)) throw badOption(name, expected, value);
  }
  return { ...defaults, ...options };
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

function unknownOption(name: string): BalancedRecError {
  const nearest = nearestName(name, Object.keys(checks));
  return new BalancedRecError({
    code: 'encoder/unknown-option',
    message: `the encoder has no option "${name}"`,
    place: '--set',
    expected: Object.keys(checks).join(', '),
    found: name,
    remedy: nearest === undefined ? 'choose one of these' : `did you mean "${nearest}"?`,
  });
}

function badOption(name: string, expected: string, found: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'encoder/bad-option',
    message: 'invalid value',
    place: `--set ${name}`,
    expected,
    found: JSON.stringify(found),
    remedy: 'see docs/features.md',
  });
}
