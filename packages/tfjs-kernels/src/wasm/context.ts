import { BalancedRecError } from '@balanced-rec/errors';
import type { DataType, KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { AttributesOf, InputsOf, KernelName } from '../kernel/signatures.js';
import type { KernelExports } from './kernel-module.js';

/** The part of TF.js's wasm backend that our kernels use. */
export interface WasmBackend {
  readonly wasm: {
    /** The exports of the backend's module, including its memory under a name that varies between builds. */
    readonly asm?: object;
    readonly HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    _free(address: number): void;
    readonly tfjs: {
      registerTensor(id: number, size: number, address: number): void;
      disposeData(id: number): void;
    };
  };
  readonly dataIdMap: { get(dataId: object): { id: number; memoryOffset: number; refCount: number } };
  incRef(dataId: object): void;
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  disposeData(dataId: object): boolean;
}

/** Our kernels attached to one wasm backend. */
export class WasmContext {
  readonly kernels: KernelExports;
  readonly gemmScratch: number;
  private readonly backend: WasmBackend;

  constructor(backend: WasmBackend, kernels: KernelExports) {
    this.backend = backend;
    this.kernels = kernels;
    this.gemmScratch = this.allocate(kernels.gemmScratchBytes());
  }

  /** The address of a tensor's elements. Valid until the tensor is disposed: memory may grow, but its contents do not move. */
  address(tensor: TensorInfo): number {
    return this.backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /** A new tensor with undefined content. */
  output(shape: number[], dtype: DataType = 'float32'): TensorInfo {
    const tensor = this.backend.makeOutput(shape, dtype);
    if (this.address(tensor) === 0 && sizeOf(shape) > 0) {
      this.backend.disposeData(tensor.dataId);
      throw outOfMemory(4 * sizeOf(shape));
    }
    return tensor;
  }

  dispose(...tensors: TensorInfo[]): void {
    for (const { dataId } of tensors) this.backend.disposeData(dataId);
  }

  /** Whether no other tensor shares this tensor's memory. */
  isSoleOwner(tensor: TensorInfo): boolean {
    return this.backend.dataIdMap.get(tensor.dataId).refCount === 1;
  }

  /** Another reference to the same memory. */
  share(tensor: TensorInfo): TensorInfo {
    this.backend.incRef(tensor.dataId);
    return { dataId: tensor.dataId, shape: tensor.shape, dtype: tensor.dtype };
  }

  /** Makes XNNPACK drop the packed weights of a tensor that was written in place; otherwise it keeps them until the tensor is disposed. */
  forgetPacked(tensor: TensorInfo): void {
    const { id, memoryOffset } = this.backend.dataIdMap.get(tensor.dataId);
    this.backend.wasm.tfjs.disposeData(id);
    this.backend.wasm.tfjs.registerTensor(id, sizeOf(tensor.shape), memoryOffset);
  }

  ints(tensor: TensorInfo): Int32Array {
    return new Int32Array(this.backend.wasm.HEAPU8.buffer, this.address(tensor), sizeOf(tensor.shape));
  }

  floats(tensor: TensorInfo): Float32Array {
    return new Float32Array(this.backend.wasm.HEAPU8.buffer, this.address(tensor), sizeOf(tensor.shape));
  }

  /** Runs `use` with `bytes` of memory and frees it afterwards. */
  withScratch<T>(bytes: number, use: (address: number) => T): T {
    const address = this.allocate(bytes);
    try {
      return use(address);
    } finally {
      this.backend.wasm._free(address);
    }
  }

  writeInts(address: number, values: Int32Array): void {
    new Int32Array(this.backend.wasm.HEAPU8.buffer, address, values.length).set(values);
  }

  writeFloats(address: number, values: Float32Array): void {
    new Float32Array(this.backend.wasm.HEAPU8.buffer, address, values.length).set(values);
  }

  /** For a kernel that writes in place: the tensor's own memory if it is not shared, otherwise a copy. */
  ownMemory(tensor: TensorInfo): TensorInfo {
    if (this.isSoleOwner(tensor)) return this.share(tensor);
    const copy = this.output(tensor.shape);
    this.floats(copy).set(this.floats(tensor));
    return copy;
  }

  private allocate(bytes: number): number {
    const address = this.backend.wasm._malloc(bytes) >>> 0;
    if (address === 0 && bytes > 0) throw outOfMemory(bytes);
    return address;
  }
}

/** A kernel that calls our wasm module on tensors in place. */
export function defineKernel<Name extends KernelName>(
  kernelName: Name,
  run: (context: WasmContext, inputs: InputsOf<Name>, attributes: AttributesOf<Name>) => TensorInfo | TensorInfo[],
): KernelConfig {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) =>
      run(contextOf(backend), inputs as InputsOf<Name>, attrs as AttributesOf<Name>),
  };
}

const contexts = new WeakMap<object, WasmContext>();

export function joinContext(backend: WasmBackend, kernels: KernelExports): void {
  contexts.set(backend, new WasmContext(backend, kernels));
}

export function findContext(backend: object): WasmContext | undefined {
  return contexts.get(backend);
}

export function contextOf(backend: object): WasmContext {
  const context = contexts.get(backend);
  if (context !== undefined) return context;
  throw new BalancedRecError({
    code: 'engine/not-loaded',
    message: 'this wasm backend was started without our kernels',
    remedy: "call `await loadEngine('wasm')`",
  });
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, axis) => size * axis, 1);
}

function outOfMemory(bytes: number): BalancedRecError {
  return new BalancedRecError({
    code: 'engine/out-of-memory',
    message: `the wasm engine could not allocate ${(bytes / 2 ** 20).toFixed(1)} MiB; it can use at most 4 GiB`,
    remedy: 'use smaller batches, or the native engine',
  });
}
