// What one guess at an invoice's fingerprint costs on this machine: node docs/fingerprint-cost.mjs
import { scryptSync } from 'node:crypto';
import os from 'node:os';

// As chaincode/src/rules/trade/fingerprint.ts computes it, here from what is public of an invoice and two guesses.
const guess = (date, total) => scryptSync(JSON.stringify(['BrandMSP', 'ProcessorMSP', date, 'CNY', total]), 'dualchain/fingerprint/1/date-amount', 32, { N: 8192, r: 8, p: 1 }).toString('hex');

const GUESSES = 20;
const began = process.hrtime.bigint();
for (let total = 0; total < GUESSES; total++) guess('2026-01-15', String(total));
const milliseconds = Number(process.hrtime.bigint() - began) / 1e6 / GUESSES;

console.log(`guess for 2026-01-15 and 10000000: ${guess('2026-01-15', '10000000')}`);
console.log(`one guess: ${milliseconds.toFixed(1)} ms and 8 MiB (${os.cpus()[0]?.model ?? 'unknown processor'}, one thread)`);
console.log(`a million guesses: ${((milliseconds * 1e6) / 3_600_000).toFixed(1)} hours on one thread`);
