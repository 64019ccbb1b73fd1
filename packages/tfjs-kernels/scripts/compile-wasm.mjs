// Compiles assembly/ to WebAssembly and writes it, as base64, into src/generated/kernels-binary.ts.
// The module runs in the memory of TF.js's wasm backend, so it must not have a data segment.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = `${root}src/generated/kernels-binary.ts`;
const options = ['-O3', '--enable', 'simd', '--importMemory', '--runtime', 'stub', '--noAssert', '--use', 'abort='];
const sources = readdirSync(`${root}assembly`).filter((name) => name.endsWith('.ts'));

const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
for (const name of sources.sort()) hash.update(name).update(readFileSync(`${root}assembly/${name}`));
const stamp = `// Made by scripts/compile-wasm.mjs from assembly/ (${hash.digest('hex')}).`;

if (existsSync(target) && readFileSync(target, 'utf8').startsWith(`${stamp}\n`)) {
  console.log('wasm kernels: up to date');
} else {
  const binary = await compile();
  checkSelfContained(binary);
  mkdirSync(`${root}src/generated`, { recursive: true });
  const temporary = `${target}.${process.pid}.tmp`;
  const base64 = Buffer.from(binary).toString('base64');
  writeFileSync(temporary, `${stamp}\nexport const kernelsBinary =\n  '${base64}';\n`);
  renameSync(temporary, target);
  console.log(`wasm kernels: ${binary.length} bytes`);
}

async function compile() {
  const { default: asc } = await import('assemblyscript/asc');
  let binary;
  const { error, stderr } = await asc.main(
    ['assembly/index.ts', '--baseDir', root, '--outFile', 'kernels.wasm', ...options],
    {
      writeFile: (name, contents) => {
        if (name === 'kernels.wasm') binary = contents;
      },
    },
  );
  if (error) throw new Error(`assembly/ does not compile\n${stderr.toString()}`, { cause: error });
  return binary;
}

function checkSelfContained(binary) {
  const module = new WebAssembly.Module(binary);
  const imports = WebAssembly.Module.imports(module).map(({ module, name }) => `${module}.${name}`);
  if (imports.join() !== 'env.memory')
    throw new Error(`the wasm kernels may only import env.memory, not ${imports.join(', ')}`);
  const dataSection = 11;
  if (sectionsOf(binary).includes(dataSection))
    throw new Error('the wasm kernels have a data segment, which would overwrite memory that belongs to TF.js');
}

function sectionsOf(binary) {
  const ids = [];
  for (let at = 8; at < binary.length; ) {
    ids.push(binary[at++]);
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = binary[at++];
      size |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    at += size;
  }
  return ids;
}
