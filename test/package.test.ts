import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json'));

/** The bundle of an entry as a browser would load it, and the modules in it. */
async function bundle(entry: string): Promise<{ code: Uint8Array; inputs: string[] }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [`${root}${entry}`],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    metafile: true,
    absWorkingDir: root,
  });
  const [output] = Object.values(metafile.outputs);
  const used = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return { code: outputFiles[0]?.contents as Uint8Array, inputs: used.map(([path]) => path) };
}

test('writ/verify bundles to at most 16 KB gzip', async () => {
  const { code } = await bundle('dist/src/entry/verify.js');
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(16_384);
});

test('writ/verify imports no cbor-x, no node: and no code of the command line', async () => {
  const { code, inputs } = await bundle('dist/src/entry/verify.js');
  expect(inputs.filter((path) => /cbor-x|commander|dist\/cli|\/(node|sodium)\.js/.test(path))).toEqual([]);
  expect(new TextDecoder().decode(code)).not.toContain('node:');
});

test('writ as a browser would load it imports no node: and no lmdb, with the verifier and its store', async () => {
  const { code, inputs } = await bundle('dist/src/index.js');
  expect(inputs.filter((path) => /lmdb|sodium|\/node\.js|dist\/cli/.test(path))).toEqual([]);
  expect(inputs).toEqual(expect.arrayContaining(['dist/src/verifier.js', 'dist/src/state/memory.js']));
  expect(new TextDecoder().decode(code)).not.toContain('node:');
});

test('writ/verify carries no minting and no words for people', async () => {
  const { inputs } = await bundle('dist/src/entry/verify.js');
  expect(
    inputs.filter((path) => /write|encode|grant|delegate\.js|invoke|-form|forms|explain/.test(path)),
  ).toEqual([]);
});

test.each(['writ', 'writ/verify', 'writ/keys', 'writ/receipts'])(
  'the documented subpath %s can be imported',
  (subpath) => {
    const script = `import(${JSON.stringify(subpath)}).then((m) => console.log(Object.keys(m).length > 0))`;
    const { stdout } = spawnSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' });
    expect(stdout.trim()).toBe('true');
  },
);

test('require() of the package works', () => {
  const script = "console.log(typeof require('writ').verify)";
  const { stdout } = spawnSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' });
  expect(stdout.trim()).toBe('function');
});

test.each([
  ['of a chain', 0, 'allow\n'],
  ['of limits', 1, 'allowed\nlimits.spent\n'],
  ['of missions', 2, 'approval.required\nallowed\nalive.completed\nalive.completed\n'],
])('the example %s in the README runs and prints what it says', (_, at, printed) => {
  const [, example = ''] = [...read('README.md').matchAll(/```ts\n([\s\S]*?)```/g)][at] ?? [];
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', example], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stdout).toBe(printed);
});

test('the package has no install scripts of its own', () => {
  expect(Object.keys(manifest.scripts).filter((name) => /install/.test(name))).toEqual([]);
});

test('the man page and the command line are in the package', () => {
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const files = JSON.parse(stdout)[0].files.map(({ path }: { path: string }) => path);
  expect(files).toEqual(expect.arrayContaining([manifest.man, manifest.bin.writ]));
});
