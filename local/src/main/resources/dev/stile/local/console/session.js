import { call, useBearer } from './api.js';

const KEY = 'stile.session';

/** Fires `change` after signing in, signing in again, or signing out. */
export const session = new EventTarget();

let current = null;

export const subject = () => current?.sub ?? null;

/** Takes up the session of this tab, if there is one. */
export function resume() {
  adopt(JSON.parse(sessionStorage.getItem(KEY)));
}

export async function signIn(sub) {
  const { access_token: token } = await call('POST', '/local/token', { body: { sub } });
  adopt({ sub, token });
}

export function signOut() {
  adopt(null);
}

/** A new token for the same person: same factors, fresh `auth_time`, new `sid`. */
export async function renew() {
  const { access_token: token } = await call('POST', '/local/token', { body: { sub: current.sub } });
  keep({ sub: current.sub, token });
}

function adopt(next) {
  keep(next);
  session.dispatchEvent(new Event('change'));
}

function keep(next) {
  current = next;
  useBearer(next?.token ?? null);
  if (next) {
    sessionStorage.setItem(KEY, JSON.stringify(next));
  } else {
    sessionStorage.removeItem(KEY);
  }
}
