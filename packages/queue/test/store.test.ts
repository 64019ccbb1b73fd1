import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type BlobStore, getChecked, openStore, putChecked } from '../src/index.js';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'balanced-rec-store-'));
});

afterAll(() => rm(root, { recursive: true, force: true }));

/** The behaviour common to all stores. */
function behavesAsStore(open: () => Promise<BlobStore>): void {
  test('returns a blob until it is removed', async () => {
    const store = await open();
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, n) => n % 251));
    await store.put('states/a-1', bytes);
    expect(Buffer.compare((await store.get('states/a-1'))!, bytes)).toBe(0);
    await store.put('states/a-1', Buffer.from('other'));
    expect(Buffer.from((await store.get('states/a-1'))!).toString()).toBe('other');
    await store.remove('states/a-1');
    expect(await store.get('states/a-1')).toBeUndefined();
    await store.remove('states/a-1');
  });

  test('accepts an empty blob', async () => {
    const store = await open();
    await store.put('empty', new Uint8Array());
    expect((await store.get('empty'))!.length).toBe(0);
  });

  test('treats a damaged blob as missing', async () => {
    const store = await open();
    await putChecked(store, 'states/b', Buffer.from('a state'));
    expect(Buffer.from((await getChecked(store, 'states/b'))!).toString()).toBe('a state');
    const bytes = Buffer.from((await store.get('states/b'))!);
    for (const damaged of [bytes.subarray(0, -1), Buffer.concat([bytes, bytes]), bytes.subarray(0, 3)]) {
      await store.put('states/b', damaged);
      expect(await getChecked(store, 'states/b')).toBeUndefined();
    }
    expect(await getChecked(store, 'states/none')).toBeUndefined();
  });

  test('shows readers one complete blob or the other during replacement', async () => {
    const store = await open();
    const versions = ['a', 'b'].map((letter) => Buffer.from(letter.repeat(200_000)));
    await store.put('replaced', versions[0]!);
    const writing = (async () => {
      for (let n = 0; n < 20; n++) await store.put('replaced', versions[n % 2]!);
    })();
    let isOver = false;
    writing.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      const found = Buffer.from((await store.get('replaced'))!);
      expect(versions.some((version) => version.equals(found))).toBe(true);
    }
    await writing;
  });
}

describe('a folder store', () => {
  behavesAsStore(() => openStore(join(root, 'folder')));

  test('leaves no temporary files', async () => {
    await openStore(join(root, 'clean'));
    expect(await readdir(join(root, 'clean'))).toEqual([]);
  });

  test('is refused if it cannot be written', async () => {
    await writeFile(join(root, 'a-file'), '');
    await expect(openStore(join(root, 'a-file'))).rejects.toMatchObject({ code: 'store/unusable' });
  });
});

test.each(['gs://bucket/a', 's3://', 's3://UPPER'])('refuses the address %s', async (address) => {
  await expect(openStore(address)).rejects.toMatchObject({ code: 'store/bad-address' });
});

/** An S3 server: versitygw on a folder (go install github.com/versity/versitygw/cmd/versitygw@latest), which .ci/run installs. */
const hasServer = (() => {
  try {
    execFileSync('versitygw', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasServer)('a bucket store (skipped without versitygw)', () => {
  let server: ChildProcess;

  beforeAll(async () => {
    const port = await freePort();
    await mkdir(join(root, 's3/runs'), { recursive: true });
    server = spawn(
      'versitygw',
      ['--access', 'tester', '--secret', 'secret', '--port', `127.0.0.1:${port}`, 'posix', join(root, 's3')],
      { stdio: 'ignore' },
    );
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'tester');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
    for (let tries = 0; tries < 100; tries++) {
      if (await fetch(`http://127.0.0.1:${port}`).catch(() => undefined)) break;
      await wait(100);
    }
  }, 30_000);

  afterAll(() => {
    vi.unstubAllEnvs();
    server.kill();
  });

  behavesAsStore(() => openStore('s3://runs/some/prefix'));

  test('is refused if the bucket does not exist or the key is wrong', async () => {
    await expect(openStore('s3://other/prefix')).rejects.toMatchObject({ code: 'store/unusable' });
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'wrong');
    await expect(openStore('s3://runs')).rejects.toMatchObject({ code: 'store/unusable' });
  });
});

async function freePort(): Promise<number> {
  const listening = createServer().listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as { readonly port: number };
  listening.close();
  await once(listening, 'close');
  return port;
}
