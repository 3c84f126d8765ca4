// What plays the user in the samples: the local mode's login and inbox, an authenticator app, and a
// passkey in software. None of this is for production.
import { createHash, createHmac, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { stile } from './stile.mjs';

/** Somebody who has just logged in with a password: an access token of the local mode's issuer. */
export async function login(sub) {
  const answer = await fetch(`${stile}/local/token`, {
    method: 'POST',
    body: JSON.stringify({ sub }),
  });
  return (await answer.json()).access_token;
}

/** The first code that arrives at a number or an address after a moment. */
export async function codeSentTo(destination, after = '') {
  for (let tries = 0; tries < 300; tries++) {
    const query = new URLSearchParams({ to: destination, after });
    const messages = await (await fetch(`${stile}/local/inbox?${query}`)).json();
    const code = messages
      .filter((message) => message.kind === 'otp')
      .map((message) => message.body.match(/\d{6,8}/)[0])
      .at(-1);
    if (code) return code;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing was sent to ${destination}`);
}

/** The code of an authenticator app (RFC 6238) by the clock of the local mode. */
export async function appCode(secret) {
  const { now } = await moveClock('PT0S');
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c));
  const key = Buffer.from(
    bits
      .map((five) => five.toString(2).padStart(5, '0'))
      .join('')
      .match(/.{8}/g)
      .map((byte) => parseInt(byte, 2)),
  );
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.parse(now) / 30_000)));
  const mac = createHmac('sha1', key).update(step).digest();
  const number = (mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, '0');
}

/** A code works once: this waits for the next one by moving the clock. */
export async function moveClock(advance) {
  const answer = await fetch(`${stile}/local/clock`, {
    method: 'POST',
    body: JSON.stringify({ advance }),
  });
  return answer.json();
}

/** What navigator.credentials does, with a key in memory: `create` and `get` take the options that
 *  Stile gives out and answer what `credential.toJSON()` would. */
export function passkey(origin = stile) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  const { x, y } = publicKey.export({ format: 'jwk' });
  let counter = 0;
  const clientData = (type, challenge) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const authenticatorData = (rpId, flags, more = Buffer.alloc(0)) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(++counter);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, more]);
  };
  const credential = (response) => ({
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
    response,
  });
  return {
    create(options) {
      // COSE_Key of ES256 (RFC 9052), then attestation "none", as CBOR (RFC 8949)
      const cose = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y, 'base64url'),
      ]);
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose]);
      const data = authenticatorData(options.rp.id, 0x45, attested); // present, verified, attested
      const length = Buffer.from([0x58, data.length]);
      const attestation = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a0', 'hex'),
        Buffer.from('686175746844617461', 'hex'),
        length,
        data,
      ]);
      return credential({
        clientDataJSON: clientData('webauthn.create', options.challenge).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      });
    },
    get(options) {
      const client = clientData('webauthn.get', options.challenge);
      const data = authenticatorData(options.rpId, 0x05); // present, verified
      const signature = createSign('sha256')
        .update(Buffer.concat([data, sha256(client)]))
        .sign(privateKey);
      return credential({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
      });
    },
  };
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
