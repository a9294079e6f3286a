import { createPublicKey, generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import { p256, p384 } from '@noble/curves/nist';
import { messageSigner } from './message-signer';

it.each([['P-256', p256], ['P-384', p384]] as const)('signs messages on %s in DER with low s', async (namedCurve, curve) => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve });
  const signer = messageSigner(privateKey);
  const seen = { high: 0 };
  for (let length = 0; length < 64; length += 1) {
    const message = randomBytes(length);
    const signature = await signer(message);
    expect(verify('sha256', message, createPublicKey(privateKey), signature)).toBe(true);
    if (curve.Signature.fromBytes(signature, 'der').hasHighS()) seen.high += 1;
  }
  expect(seen.high).toBe(0);
});

it('refuses a key that Fabric has no use for', () => {
  expect(() => messageSigner(generateKeyPairSync('ed25519').privateKey)).toThrow('P-256');
  expect(() => messageSigner(generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey)).toThrow('P-256');
  expect(() => messageSigner(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)).toThrow('private');
});
