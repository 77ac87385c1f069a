import { readFileSync } from 'node:fs';
import { delegateAt, NOW, restrictionAt } from '../compare/scenario.ts';
import { alter } from './alter.mjs';

const glue = import.meta.resolve('@biscuit-auth/biscuit-wasm').replace('biscuit.js', 'biscuit_bg.js');
const module = new WebAssembly.Module(readFileSync(new URL(glue.replace('.js', '.wasm'))));
let loaded = 0;

/**
 * Loads the package without Node's flag for WebAssembly modules, with which all other peers would run too; each time it
 * is an instance of its own.
 */
async function load() {
  const api = await import(`${glue}?${loaded++}`);
  const names = new Set(WebAssembly.Module.imports(module).map((entry) => entry.module));
  const imports = {};
  for (const name of names) {
    imports[name] = name.endsWith('biscuit_bg.js') ? api : await import(new URL(name, glue).href);
  }
  const { exports } = new WebAssembly.Instance(module, imports);
  api.__wbg_set_wasm(exports);
  const { log } = console;
  // It greets on stdout, which belongs to the figures.
  console.log = () => {};
  exports.__wbindgen_start();
  console.log = log;
  return api;
}

let api = await load();
let pair = new api.KeyPair(api.SignatureAlgorithm.Ed25519);
let root = pair.getPublicKey();
const secret = pair.getPrivateKey().toString();

/** It keeps some memory of each call, and takes four times as long after some 1,600: so it begins anew. */
async function renew() {
  api = await load();
  pair = api.KeyPair.fromPrivateKey(api.PrivateKey.fromString(secret));
  root = pair.getPublicKey();
}

const date = (seconds) => new Date(1000 * seconds).toISOString().replace('.000', '');
const quote = JSON.stringify;

function codeAt(at, named) {
  const { exp, actions, prefix } = restrictionAt(at);
  const delegate = named ? `\ndelegate(${quote(delegateAt(at))});` : '';
  return `check if time($t), $t < ${date(exp)};
check if operation($o), [${actions.map(quote)}].contains($o);
check if resource($r), $r.starts_with(${quote(prefix)});${delegate}`;
}

/** Gives what was made back at once, since nothing of it is collected. */
function written(token) {
  const text = token.toBase64();
  token.free();
  return text;
}

const size = (text) => Buffer.from(text, 'base64url').length;

/** @type {import('../compare/peer.ts').Party<string, string>} */
const party = {
  mint(named) {
    const builder = api.Biscuit.builder();
    builder.addCode(codeAt(0, named));
    const key = pair.getPrivateKey();
    const token = builder.build(key);
    key.free();
    return written(token);
  },
  attenuate(held, at, named) {
    const parent = api.Biscuit.fromBase64(held, root);
    const block = api.Biscuit.block_builder();
    block.addCode(codeAt(at, named));
    const token = parent.appendBlock(block);
    parent.free();
    block.free();
    return written(token);
  },
  seal: (held) => held,
  authorize(sent, { action, resource }) {
    let token;
    let authorizer;
    try {
      token = api.Biscuit.fromBase64(sent, root);
      const builder = new api.AuthorizerBuilder();
      builder.addCode(
        `operation(${quote(action)}); resource(${quote(resource)}); time(${date(NOW)}); allow if true;`,
      );
      authorizer = builder.buildAuthenticated(token);
      authorizer.authorizeWithLimits({ max_facts: 1000, max_iterations: 100, max_time_micro: 1_000_000 });
      return true;
    } catch {
      return false;
    } finally {
      authorizer?.free();
      token?.free();
    }
  },
  sizeHeld: size,
  sizeSent: size,
  tamper: (sent) => alter(Buffer.from(sent, 'base64url')).toString('base64url'),
};

/** @type {readonly import('../compare/peer.ts').Peer[]} */
export const peers = [
  {
    name: 'biscuit-wasm',
    packages: ['@biscuit-auth/biscuit-wasm'],
    imports: { modules: ['@biscuit-auth/biscuit-wasm'], flags: ['--experimental-wasm-modules'] },
    language: 'JavaScript (Rust)',
    notes: 'Ed25519 in WebAssembly; a token carries the key of its next block',
    duties: { possession: false, replay: false, audience: false },
    gather: () => party,
    renew,
  },
];
