/** A field with a length: text, bytes or a message (Protocol Buffers, wire type 2). Field numbers up to 15. */
export function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2]), varint(content.length), content]);
}

/** A whole number from 0 (wire type 0). */
export function varintField(number: number, value: number): Buffer {
  return Buffer.concat([Buffer.from([number << 3]), varint(value)]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}

/** The fields of a message in the order they stand: a number of wire type 0, or bytes of wire type 2. Throws a RangeError on other bytes. */
export function* fieldsOf(message: Uint8Array): Generator<{ readonly number: number; readonly value: number | Buffer }> {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; shift < 32; shift += 7) {
      const byte = bytes.readUInt8(at);
      at += 1;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw new RangeError('A number of the message is too long.');
  };
  while (at < bytes.length) {
    const tag = number();
    const value = number();
    if ((tag & 7) === 0) yield { number: tag >>> 3, value };
    else if ((tag & 7) === 2 && at + value <= bytes.length) {
      yield { number: tag >>> 3, value: bytes.subarray(at, at + value) };
      at += value;
    } else throw new RangeError('The message has a field of an unknown kind, or is cut off.');
  }
}
