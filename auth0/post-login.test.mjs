// node --test auth0/
import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createRequire } from 'node:module';

const action = createRequire(import.meta.url)('./post-login.js');
const SECRET = 'a secret of thirty-two bytes, no less';
const USER = 'auth0|65f1c2b3a4d5e6f708192a3b';
const b64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });

let issuer;
let server;
let jwks;

before(async () => {
  server = createServer((request, response) => jwks(response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});
after(() => server.close());

let kid = 0;
beforeEach(() => {
  // A key of its own for each test, so that none finds what another left in the cache.
  kid++;
  issuer = `http://127.0.0.1:${server.address().port}`;
  const key = { ...publicKey.export({ format: 'jwk' }), kid: `k${kid}`, alg: 'ES256', use: 'sig' };
  jwks = (response) => response.end(JSON.stringify({ keys: [key] }));
});

/** Auth0's side of an Action, as far as this one uses it. */
function auth0({ returned, query = {}, protocol } = {}) {
  const seen = { claims: {}, idClaims: {} };
  return {
    seen,
    event: {
      user: { user_id: USER },
      request: { hostname: 'acme.eu.auth0.com', query },
      transaction: { protocol },
      secrets: {
        STEP_UP_PAGE: 'https://login.example.com/step-up',
        SESSION_SECRET: SECRET,
        STILE_ISSUER: issuer,
        STILE_AUDIENCE: 'auth0',
        NAMESPACE: 'auth0',
      },
    },
    api: {
      redirect: {
        encodeToken: ({ secret, expiresInSeconds, payload }) => {
          const iat = Math.floor(Date.now() / 1000);
          const exp = iat + expiresInSeconds;
          return hs256({ iss: 'acme.eu.auth0.com', sub: USER, iat, exp, ...payload }, secret);
        },
        sendUserTo: (url, options) => Object.assign(seen, { url, query: options.query }),
        validateToken: ({ secret, tokenParameterName }) => {
          assert.equal(tokenParameterName, 'session_token');
          const [head, body, mac] = (returned ?? '').split('.');
          const expected = createHmac('sha256', secret).update(`${head}.${body}`).digest();
          const given = Buffer.from(mac ?? '', 'base64url');
          if (given.length !== 32 || !timingSafeEqual(given, expected)) throw new Error('invalid');
          const claims = JSON.parse(Buffer.from(body, 'base64url'));
          if (claims.exp * 1000 <= Date.now() || claims.state !== 'st4te') throw new Error('invalid');
          return claims;
        },
      },
      access: { deny: (reason) => Object.assign(seen, { denied: reason }) },
      accessToken: { setCustomClaim: (name, value) => (seen.claims[name] = value) },
      idToken: { setCustomClaim: (name, value) => (seen.idClaims[name] = value) },
    },
  };
}

function hs256(claims, secret) {
  const input = `${b64({ alg: 'HS256', typ: 'JWT' })}.${b64(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

function grant(claims = {}, header = {}, key = privateKey) {
  const now = Math.floor(Date.now() / 1000);
  const input = [
    b64({ typ: 'stepup+jwt', alg: 'ES256', kid: `k${kid}`, ...header }),
    b64({
      iss: issuer,
      aud: 'auth0',
      sub: `auth0|${USER}`,
      client_id: 'auth0-page',
      action: 'login',
      scope: 'stepup:login',
      iat: now,
      exp: now + 300,
      auth_time: now,
      acr: 'aal2',
      amr: ['otp', 'sms'],
      txn: 'chl_1',
      jti: 'grt_1',
      ...claims,
    }),
  ].join('.');
  const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

/** What the page sends to /continue. */
function back(grantToken, claims = {}, secret = SECRET) {
  const exp = Math.floor(Date.now() / 1000) + 60;
  return hs256({ sub: USER, state: 'st4te', exp, grant: grantToken, ...claims }, secret);
}

async function resume(returned) {
  const { event, api, seen } = auth0({ returned });
  await action.onContinuePostLogin(event, api);
  return seen;
}

describe('a login', () => {
  it('is sent to the page with a signed token that says where to go on', async () => {
    const { event, api, seen } = auth0();
    await action.onExecutePostLogin(event, api);
    assert.equal(seen.url, 'https://login.example.com/step-up');
    const claims = JSON.parse(Buffer.from(seen.query.session_token.split('.')[1], 'base64url'));
    assert.equal(claims.sub, USER);
    assert.equal(claims.continue_uri, 'https://acme.eu.auth0.com/continue');
    assert.ok(claims.exp - claims.iat <= 300);
  });

  it('is sent nowhere where nobody can be asked, and its tokens tell of no step-up', async () => {
    for (const silent of [
      { protocol: 'oauth2-refresh-token' },
      { query: { prompt: 'none' } },
      { query: { prompt: 'none login' } },
    ]) {
      const { event, api, seen } = auth0(silent);
      await action.onExecutePostLogin(event, api);
      assert.deepEqual(seen, { claims: {}, idClaims: {} });
    }
  });

  it('goes on with a grant, and its tokens tell what was proven', async () => {
    const seen = await resume(back(grant()));
    assert.equal(seen.denied, undefined);
    assert.equal(seen.claims[`${issuer}/acr`], 'aal2');
    assert.deepEqual(seen.claims[`${issuer}/amr`], ['otp', 'sms']);
    assert.equal(seen.claims[`${issuer}/txn`], 'chl_1');
    assert.ok(seen.claims[`${issuer}/auth_time`] <= Date.now() / 1000);
    assert.deepEqual(seen.idClaims, seen.claims);
  });
});

describe('a login is denied', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const cases = {
    'without a token from the page': () => undefined,
    'with a token that somebody else signed': () => back(grant(), {}, 'another secret'),
    'with a token of another redirect': () => back(grant(), { state: 'other' }),
    'with a token that has expired': () => back(grant(), { exp: now() - 1 }),
    'without a grant': () => back(undefined),
    'with a grant that is none': () => back('x.y.z'),
    'with a grant of another user': () => back(grant({ sub: 'auth0|auth0|eve' })),
    'with a grant outside the namespace': () => back(grant({ sub: USER })),
    'with a grant for another action': () => back(grant({ action: 'pay', scope: 'stepup:pay' })),
    'with a grant for another audience': () => back(grant({ aud: 'payments' })),
    'with a grant of another issuer': () => back(grant({ iss: 'https://evil.example' })),
    'with a grant that has expired': () => back(grant({ iat: now() - 301, exp: now() - 1 })),
    'with a grant of the future': () => back(grant({ iat: now() + 90, exp: now() + 300 })),
    'with a grant that lives too long': () => back(grant({ exp: now() + 3600 })),
    'with a grant that is bound to a key': () => back(grant({ cnf: { jkt: 'x' } })),
    'with a grant that is typed otherwise': () => back(grant({}, { typ: 'JWT' })),
    'with a grant of another algorithm': () => back(grant({}, { alg: 'HS256' })),
    'with a grant under an unknown key': () => back(grant({}, { kid: 'other' })),
    'with a grant that a stranger signed': () => back(grant({}, {}, stranger.privateKey)),
    'with a grant that was changed': () => back(grant().replace(/\.[^.]+\./, `.${b64({})}.`)),
  };
  for (const [name, returned] of Object.entries(cases)) {
    it(name, async () => {
      const seen = await resume(returned());
      assert.equal(seen.denied, 'step_up_failed');
      assert.deepEqual(seen.claims, {});
    });
  }

  for (const [name, broken] of Object.entries({
    'an error': (response) => response.writeHead(500).end(),
    'a redirect': (response) => response.writeHead(302, { location: '/' }).end(),
    garbage: (response) => response.end('<html>'),
    'no keys': (response) => response.end('{"keys":[]}'),
  })) {
    it(`where Stile answers ${name} for its keys`, async () => {
      jwks = broken;
      assert.equal((await resume(back(grant()))).denied, 'step_up_failed');
    });
  }
});
