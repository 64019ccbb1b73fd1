import { StepScope } from '@balanced-rec/ckd-core/backbone';
import * as tf from '@tensorflow/tfjs-core';

/** Gives `use` a scope in which views are evaluated; its tensors are freed afterwards, so the result must hold none. */
export function inEvaluationScope<T>(use: (scope: StepScope) => T): T {
  let result: { readonly value: T } | undefined;
  tf.tidy(() => {
    result = { value: use(new StepScope('evaluate')) };
  });
  return result!.value;
}
