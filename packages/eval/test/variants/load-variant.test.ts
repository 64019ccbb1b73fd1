import { describe, expect, it } from 'vitest';
import { expandVariant } from '../../src/variants/load-variant.js';

describe('expandVariant', () => {
  it('lets `only` stand for each modality alone', () => {
    expect(expandVariant('only', ['image', 'audio', 'smell'])).toEqual(['only:image', 'only:audio', 'only:smell']);
  });

  it('leaves other names alone', () => {
    expect(expandVariant('ckd', ['image', 'audio'])).toEqual(['ckd']);
    expect(expandVariant('only:text', ['image', 'audio'])).toEqual(['only:text']);
  });
});
