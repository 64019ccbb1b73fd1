const FLOAT = 1;
const INT64 = 7;

/** A named constant in a graph. */
export interface Constant {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** An operation in a graph. */
export interface Operation {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  /** Whole numbers, or lists of them. */
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

/** An input or output. A string is an open size. */
export interface Port {
  readonly name: string;
  readonly type: 'float' | 'int64';
  readonly shape: readonly (number | string)[];
}

/** The bytes of an ONNX file with the given graph. The field numbers are those of onnx.proto. */
export function onnxModel(graph: {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly constants: readonly Constant[];
  readonly operations: readonly Operation[];
}): Uint8Array {
  const body = message(
    ...graph.operations.map((one): Field => [1, operation(one)]),
    [2, 'tiny'],
    ...graph.constants.map((one): Field => [5, constant(one)]),
    ...graph.inputs.map((one): Field => [11, port(one)]),
    ...graph.outputs.map((one): Field => [12, port(one)]),
  );
  return message([1, 8], [7, body], [8, message([1, ''], [2, 13])]);
}

function operation({ type, inputs, output, attributes = {} }: Operation): Uint8Array {
  return message(
    ...inputs.map((name): Field => [1, name]),
    [2, output],
    [4, type],
    ...Object.entries(attributes).map(([name, value]): Field => [5, attribute(name, value)]),
  );
}

function attribute(name: string, value: number | readonly number[]): Uint8Array {
  if (typeof value === 'number') return message([1, name], [3, value], [20, 2]);
  return message([1, name], ...value.map((one): Field => [8, one]), [20, 7]);
}

function constant({ name, shape, values }: Constant): Uint8Array {
  return message(...shape.map((size): Field => [1, size]), [2, FLOAT], [8, name], [9, floats(values)]);
}

function port({ name, type, shape }: Port): Uint8Array {
  const sizes = shape.map((size): Field => [1, typeof size === 'number' ? message([1, size]) : message([2, size])]);
  const tensor = message([1, type === 'float' ? FLOAT : INT64], [2, message(...sizes)]);
  return message([1, name], [2, message([1, tensor])]);
}

/** A field of a protobuf message: a number (varint), bytes, text, or a nested message. */
type Field = readonly [number: number, value: number | string | Uint8Array];

/** The bytes of a protobuf message. */
function message(...fields: Field[]): Uint8Array {
  return Buffer.concat(fields.map(([number, value]) => field(number, value)));
}

/** The bytes of float32 values. */
function floats(values: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

function field(number: number, value: Field[1]): Uint8Array {
  if (typeof value === 'number') return Buffer.concat([varint(number << 3), varint(value)]);
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
