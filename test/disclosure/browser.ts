import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import vm from 'node:vm';
import { build } from 'esbuild';
import { root } from '../support/data';

/** What a browser offers that is no part of the language, as far as verifying may use it. */
const webGlobals = { TextEncoder, TextDecoder, atob, btoa };

/** `@dualchain/client/verify` as one script for browsers; fails if anything of Node is in it. */
export async function browserBundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'client/src/disclosure/verify/index.ts')],
    alias: { '@dualchain/model/disclosure': path.join(root, 'model/src/disclosure/index.ts') },
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'dualchain',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
}

/** Verifies in a bare engine that has the language, a few Web APIs and nothing of Node. */
export function verifyInBareEngine(bundle: string, pack: string, options: string): unknown {
  const context = vm.createContext({ ...webGlobals, pack, options });
  return JSON.parse(vm.runInContext(`${bundle}\nJSON.stringify(dualchain.verify(pack, JSON.parse(options)))`, context) as string);
}

/** Chromium, if one is installed. */
export function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) => existsSync(file));
}

/** Verifies on a page of a headless Chromium that is cut off from every network. */
export function verifyInChromium(chromium: string, bundle: string, pack: string, options: string): unknown {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dualchain-browser-'));
  try {
    writeFileSync(path.join(folder, 'verify.js'), bundle);
    writeFileSync(path.join(folder, 'input.js'), `const pack = ${JSON.stringify(pack)}, options = ${options};`);
    writeFileSync(path.join(folder, 'page.html'), '<!doctype html><meta charset="utf-8"><pre id="answer">none</pre><script src="verify.js"></script><script src="input.js"></script><script>document.getElementById("answer").textContent = btoa(unescape(encodeURIComponent(JSON.stringify(dualchain.verify(pack, options)))));</script>');
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--proxy-server=127.0.0.1:9', `--user-data-dir=${path.join(folder, 'profile')}`];
    const dom = execFileSync(chromium, [...flags, '--dump-dom', `file://${path.join(folder, 'page.html')}`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 60_000 });
    const answer = /<pre id="answer">([A-Za-z0-9+/=]+)<\/pre>/.exec(dom)?.[1] ?? '';
    return JSON.parse(Buffer.from(answer, 'base64').toString('utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
