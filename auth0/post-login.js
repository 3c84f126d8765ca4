// Auth0 post-login Action: sends each interactive login to the step-up page and takes the grant that
// it brings back. Needs no package. Secrets of the Action:
//   STEP_UP_PAGE    https address of the page, such as https://login.example.com/step-up
//   SESSION_SECRET  at least 32 random bytes, shared with the page
//   STILE_ISSUER    Stile's address, exactly as in its grants
//   STILE_AUDIENCE  the audience of the page's client, such as auth0
//   NAMESPACE       the namespace of this issuer in Stile's policy; empty where it has none
const { createPublicKey, verify } = require('node:crypto');

const LIFETIME = 300;
const PATIENCE_MS = 3_000;
const KEYS_MS = 300_000;
let held = { keys: [], until: 0 };

/** Begins the step-up. A refresh has nobody to ask, and a silent login may not show a page: their
 *  tokens tell of none, and an API that needs one asks for it. */
exports.onExecutePostLogin = async (event, api) => {
  const silent =
    event.transaction?.protocol === 'oauth2-refresh-token' ||
    (event.request.query?.prompt ?? '').split(' ').includes('none');
  if (silent) return;
  const session_token = api.redirect.encodeToken({
    secret: event.secrets.SESSION_SECRET,
    expiresInSeconds: LIFETIME,
    payload: { continue_uri: `https://${event.request.hostname}/continue` },
  });
  api.redirect.sendUserTo(event.secrets.STEP_UP_PAGE, { query: { session_token } });
};

/** Ends it. Auth0 has checked the page's token: signed by the shared secret, not expired, for this
 *  very redirect (`state`). What it says is believed for the grant in it, and that for its signature. */
exports.onContinuePostLogin = async (event, api) => {
  let grant;
  try {
    const back = api.redirect.validateToken({
      secret: event.secrets.SESSION_SECRET,
      tokenParameterName: 'session_token',
    });
    grant = await claimsOf(back.grant, event);
  } catch (e) {
    api.access.deny('step_up_failed');
    return;
  }
  const prefix = `${event.secrets.STILE_ISSUER}/`;
  for (const name of ['acr', 'amr', 'auth_time', 'txn']) {
    api.accessToken.setCustomClaim(prefix + name, grant[name]);
    api.idToken.setCustomClaim(prefix + name, grant[name]);
  }
};

/** The claims of a good grant of this user for a login; throws for anything else. */
async function claimsOf(token, event) {
  const [head, body, signature, ...rest] = token.split('.');
  const header = parse(head);
  if (header.typ !== 'stepup+jwt' || header.alg !== 'ES256') throw new Error('not a grant');
  const key = await find(header.kid, event.secrets.STILE_ISSUER);
  const bytes = Buffer.from(signature, 'base64url');
  const signed =
    rest.length === 0 &&
    bytes.length === 64 &&
    verify('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' }, bytes);
  if (!signed) throw new Error('not a grant');
  const claims = parse(body);
  const { STILE_ISSUER, STILE_AUDIENCE, NAMESPACE } = event.secrets;
  const user = NAMESPACE ? `${NAMESPACE}|${event.user.user_id}` : event.user.user_id;
  const now = Date.now() / 1000;
  const good =
    claims.iss === STILE_ISSUER &&
    [claims.aud].flat().includes(STILE_AUDIENCE) &&
    claims.sub === user &&
    claims.action === 'login' &&
    claims.scope === 'stepup:login' &&
    claims.cnf === undefined &&
    claims.iat < claims.exp &&
    claims.exp - claims.iat <= LIFETIME &&
    claims.iat <= now + 60 &&
    now < claims.exp;
  if (!good) throw new Error('a grant for something else');
  return claims;
}

const parse = (part) => JSON.parse(Buffer.from(part, 'base64url').toString());

/** A key is used for five minutes and no longer. One that is not known is asked for once. */
async function find(kid, issuer) {
  const known = () => held.keys.find((key) => key.kid === kid && key.crv === 'P-256');
  if (Date.now() >= held.until || !known()) {
    const answer = await fetch(`${issuer}/.well-known/jwks.json`, {
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!answer.ok) throw new Error('no keys');
    held = { keys: (await answer.json()).keys, until: Date.now() + KEYS_MS };
  }
  if (!known()) throw new Error('no such key');
  return createPublicKey({ key: known(), format: 'jwk' });
}
