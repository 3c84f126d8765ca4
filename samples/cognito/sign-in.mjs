// Signs in at a Cognito user pool whose triggers demand a factor of Stile: the password by SRP, then a
// code. Plain JavaScript, for browsers and Node, without a package.
//   POOL=eu-central-1_Ab1Cd2Ef3 CLIENT=3n4b… USERNAME=ann PASSWORD=… node samples/cognito/sign-in.mjs

/** Tokens, once the password is right and `answer({type, challenge, webauthn})` brought what was
 *  asked for: a code, or JSON.stringify(credential.toJSON()) for a passkey. A wrong code is asked for
 *  again; whatever else is wrong throws an error with the name that Cognito gives it. */
export async function signIn({ pool, client, endpoint = endpointOf(pool) }, user, password, answer) {
  const call = (operation, body) => post(endpoint, operation, { ClientId: client, ...body });
  const srp = await Srp.begin();
  let step = await call('InitiateAuth', {
    AuthFlow: 'CUSTOM_AUTH',
    AuthParameters: { USERNAME: user, CHALLENGE_NAME: 'SRP_A', SRP_A: srp.A.toString(16) },
  });
  const USERNAME = step.ChallengeParameters.USER_ID_FOR_SRP;
  const respond = (responses) =>
    call('RespondToAuthChallenge', {
      ChallengeName: step.ChallengeName,
      ChallengeResponses: { USERNAME, ...responses },
      Session: step.Session,
    });
  step = await respond(
    await srp.prove(pool.split('_')[1], password, step.ChallengeParameters, new Date()),
  );
  while (step.ChallengeName === 'CUSTOM_CHALLENGE') {
    step = await respond({ ANSWER: await answer(step.ChallengeParameters) });
  }
  if (!step.AuthenticationResult) throw new Error(`not known here: ${step.ChallengeName}`);
  return step.AuthenticationResult;
}

const endpointOf = (pool) => `https://cognito-idp.${pool.split('_')[0]}.amazonaws.com/`;

async function post(endpoint, operation, body) {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(body),
  });
  const json = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(json.message), { name: json.__type });
  return json;
}

// Secure Remote Password as Cognito has it: the group of RFC 3526 §4, SHA-256, a key by HKDF.
const N = BigInt(
  '0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404' +
    'DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7' +
    'EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF' +
    '5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE' +
    '3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA05' +
    '1015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4' +
    'C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B20' +
    '0CBBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFF' +
    'FF',
);
const g = 2n;
const text = (string) => new TextEncoder().encode(string);

class Srp {
  static async begin() {
    const a = numberOf(crypto.getRandomValues(new Uint8Array(128)));
    return Object.assign(new Srp(), { a, A: power(g, a, N) });
  }

  /** The proof that the password is known, without the password. */
  async prove(poolName, password, { USER_ID_FOR_SRP, SRP_B, SALT, SECRET_BLOCK }, now) {
    const B = BigInt(`0x${SRP_B}`);
    if (B % N === 0n) throw new Error('a server that would accept any password');
    const u = numberOf(await sha256(bytesOf(this.A), bytesOf(B)));
    if (u === 0n) throw new Error('a server that would accept any password');
    const identity = await sha256(text(`${poolName}${USER_ID_FOR_SRP}:${password}`));
    const x = numberOf(await sha256(bytesOf(BigInt(`0x${SALT}`)), identity));
    const k = numberOf(await sha256(bytesOf(N), bytesOf(g)));
    const base = (((B - k * power(g, x, N)) % N) + N) % N;
    const S = power(base, this.a + u * x, N);
    const random = await hmac(bytesOf(u), bytesOf(S));
    const key = (await hmac(random, text('Caldera Derived Key'), new Uint8Array([1]))).slice(0, 16);
    const TIMESTAMP = timestamp(now);
    const block = Uint8Array.from(atob(SECRET_BLOCK), (c) => c.charCodeAt(0));
    const proof = await hmac(key, text(poolName), text(USER_ID_FOR_SRP), block, text(TIMESTAMP));
    return {
      PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
      PASSWORD_CLAIM_SIGNATURE: btoa(String.fromCharCode(...proof)),
      TIMESTAMP,
    };
  }
}

/** Two's complement, as Java's BigInteger writes it: a zero byte where the sign would be wrong. */
function bytesOf(number) {
  let hex = number.toString(16);
  if (hex.length % 2) hex = `0${hex}`;
  else if (parseInt(hex[0], 16) >= 8) hex = `00${hex}`;
  return Uint8Array.from(hex.match(/../g), (byte) => parseInt(byte, 16));
}

function numberOf(bytes) {
  return BigInt(`0x${[...bytes].map((b) => b.toString(16).padStart(2, '0')).join('')}`);
}

function power(base, exponent, modulus) {
  let result = 1n;
  for (let b = base % modulus, e = exponent; e > 0n; e >>= 1n, b = (b * b) % modulus) {
    if (e & 1n) result = (result * b) % modulus;
  }
  return result;
}

const joined = (parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined(parts)));
}

async function hmac(secret, ...parts) {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', secret, algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, joined(parts)));
}

/** Such as `Sun Nov 22 8:00:00 UTC 2026` with two digits for the time and as many as needed for the day. */
function timestamp(now) {
  const [weekday, day, month, year, time] = now.toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`;
}

// With Node, from the command line.
if (globalThis.process?.argv[1]?.endsWith('sign-in.mjs')) {
  const { createInterface } = await import('node:readline/promises');
  const { POOL: pool, CLIENT: client, USERNAME: user, PASSWORD: password } = process.env;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const tokens = await signIn({ pool, client }, user, password, ({ type }) =>
    terminal.question(`Code (${type}): `),
  );
  terminal.close();
  const claims = JSON.parse(atob(tokens.AccessToken.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));
  console.log(`Signed in: ${claims.stile_acr}, ${claims.stile_amr}, ${claims.stile_txn}`);
}
