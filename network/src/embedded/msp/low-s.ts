/** ECDSA P-256 signatures in DER with low S: Fabric refuses the other half. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

interface Parts {
  readonly r: Buffer;
  readonly s: bigint;
}

function parse(der: Uint8Array): Parts | undefined {
  const bytes = Buffer.from(der);
  if (bytes[0] !== 0x30 || bytes[1] !== bytes.length - 2 || bytes[2] !== 0x02) return undefined;
  const rLength = bytes[3] ?? 0;
  if (bytes[4 + rLength] !== 0x02) return undefined;
  const sLength = bytes[5 + rLength] ?? 0;
  const s = bytes.subarray(6 + rLength);
  if (s.length !== sLength || sLength === 0) return undefined;
  return { r: bytes.subarray(4, 4 + rLength), s: BigInt(`0x${s.toString('hex')}`) };
}

export function hasLowS(der: Uint8Array): boolean {
  const parts = parse(der);
  return parts !== undefined && parts.s <= ORDER / 2n;
}

/** The same signature with S replaced by order − S if it was high. */
export function toLowS(der: Uint8Array): Uint8Array {
  const parts = parse(der);
  if (parts === undefined || parts.s <= ORDER / 2n) return der;
  let digits = (ORDER - parts.s).toString(16);
  if (digits.length % 2 === 1) digits = `0${digits}`;
  if (Number.parseInt(digits.slice(0, 2), 16) >= 0x80) digits = `00${digits}`;
  const s = Buffer.from(digits, 'hex');
  const body = Buffer.concat([Uint8Array.from([0x02, parts.r.length]), parts.r, Uint8Array.from([0x02, s.length]), s]);
  return new Uint8Array(Buffer.concat([Uint8Array.from([0x30, body.length]), body]));
}
