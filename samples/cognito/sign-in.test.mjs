// The client against the server's side of SRP and of the custom challenge, as Cognito documents them.
import assert from 'node:assert/strict';
import { createHash, createHmac, getDiffieHellman, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, it } from 'node:test';
import { signIn } from './sign-in.mjs';

const pool = 'eu-central-1_Ab1Cd2Ef3';
const user = 'f2a5a4c4-20b1-70d5-5a3e-0d5a3f1f6a01';
const N = BigInt(`0x${getDiffieHellman('modp15').getPrime('hex')}`); // RFC 3526 §4
const hex = (n) => {
  const even = n.toString(16).padStart(Math.ceil(n.toString(16).length / 2) * 2, '0');
  return parseInt(even[0], 16) > 7 ? `00${even}` : even;
};
const H = (...parts) => {
  const hash = createHash('sha256');
  parts.forEach((part) => hash.update(part));
  return hash.digest();
};
const big = (buffer) => BigInt(`0x${buffer.toString('hex')}`);
const buf = (n) => Buffer.from(hex(n), 'hex');
const pow = (base, exponent) => {
  let result = 1n;
  for (let b = base % N, e = exponent; e; e >>= 1n, b = (b * b) % N) if (e & 1n) result = (result * b) % N;
  return result;
};

const salt = big(randomBytes(16));
const verifier = (password) =>
  pow(2n, big(H(buf(salt), H(`Ab1Cd2Ef3${user}:${password}`))));
let server;
let at;
let state;

const operations = {
  InitiateAuth({ AuthFlow, AuthParameters, ClientId }) {
    assert.deepEqual([AuthFlow, ClientId], ['CUSTOM_AUTH', 'client']);
    assert.equal(AuthParameters.CHALLENGE_NAME, 'SRP_A');
    const b = big(randomBytes(128));
    const v = verifier('right');
    const k = big(H(buf(N), buf(2n)));
    const block = randomBytes(64).toString('base64');
    const B = (k * v + pow(2n, b)) % N;
    state = { A: BigInt(`0x${AuthParameters.SRP_A}`), B, b, v, block, answers: [] };
    return {
      ChallengeName: 'PASSWORD_VERIFIER',
      Session: 's0',
      ChallengeParameters: {
        USER_ID_FOR_SRP: user,
        SRP_B: B.toString(16),
        SALT: salt.toString(16),
        SECRET_BLOCK: block,
      },
    };
  },
  RespondToAuthChallenge({ ChallengeName, ChallengeResponses: given, Session }) {
    assert.equal(given.USERNAME, user);
    if (ChallengeName === 'PASSWORD_VERIFIER') {
      assert.equal(Session, 's0');
      const u = big(H(buf(state.A), buf(state.B)));
      const S = pow(state.A * pow(state.v, u), state.b);
      const random = createHmac('sha256', buf(u)).update(buf(S)).digest();
      const key = createHmac('sha256', random).update('Caldera Derived Key\x01').digest();
      assert.match(given.TIMESTAMP, /^[A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2} \d\d:\d\d:\d\d UTC \d{4}$/);
      assert.equal(given.PASSWORD_CLAIM_SECRET_BLOCK, state.block);
      const mac = createHmac('sha256', key.subarray(0, 16))
        .update(`Ab1Cd2Ef3${user}`)
        .update(Buffer.from(state.block, 'base64'))
        .update(given.TIMESTAMP)
        .digest('base64');
      if (mac !== given.PASSWORD_CLAIM_SIGNATURE) throw new Error('NotAuthorizedException');
    } else {
      assert.equal(Session, 's1');
      state.answers.push(given.ANSWER);
      if (given.ANSWER === '123456') return { AuthenticationResult: { AccessToken: 'a.b.c' } };
      if (state.answers.length === 5) throw new Error('NotAuthorizedException');
    }
    return {
      ChallengeName: 'CUSTOM_CHALLENGE',
      Session: 's1',
      ChallengeParameters: { USERNAME: user, challenge: 'chl_1', type: 'sms' },
    };
  },
};

before(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    try {
      const operation = request.headers['x-amz-target'].split('.')[1];
      response.end(JSON.stringify(operations[operation](JSON.parse(body))));
    } catch (e) {
      response.writeHead(400).end(JSON.stringify({ __type: e.message, message: e.message }));
    }
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  at = { pool, client: 'client', endpoint: `http://127.0.0.1:${server.address().port}/` };
});
after(() => server.close());

it('proves the password, then answers with the code', async () => {
  const asked = [];
  const tokens = await signIn(at, 'ann', 'right', (challenge) => {
    asked.push(challenge);
    return asked.length === 1 ? '000000' : '123456';
  });
  assert.equal(tokens.AccessToken, 'a.b.c');
  assert.deepEqual(state.answers, ['000000', '123456']);
  assert.equal(asked[0].type, 'sms');
});

it('proves the password with numbers of any length', async () => {
  for (let i = 0; i < 8; i++) await signIn(at, 'ann', 'right', () => '123456');
});

it('is refused without the password, before any code', async () => {
  const refused = signIn(at, 'ann', 'wrong', () => assert.fail('asked for a code'));
  await assert.rejects(refused, { name: 'NotAuthorizedException' });
});

it('is refused after five wrong codes', async () => {
  await assert.rejects(signIn(at, 'ann', 'right', () => '000000'), {
    name: 'NotAuthorizedException',
  });
  assert.equal(state.answers.length, 5);
});
