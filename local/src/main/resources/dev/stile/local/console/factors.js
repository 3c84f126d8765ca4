import { call } from './api.js';

/** Fires `change` when the list was read anew. */
export const factors = new EventTarget();

let items = [];
let read = false;

export const list = () => items;
export const isRead = () => read;
export const active = () => items.filter(({ status }) => status === 'active');
export const known = (id) => items.find((factor) => factor.id === id);

export async function refresh() {
  ({ items } = await call('GET', '/v1/factors'));
  read = true;
  factors.dispatchEvent(new Event('change'));
}

export function forget() {
  items = [];
  read = false;
  factors.dispatchEvent(new Event('change'));
}

const path = (id, rest = '') => `/v1/factors/${encodeURIComponent(id)}${rest}`;

export const create = (body, grant) => call('POST', '/v1/factors', { body, grant });
export const activate = (id, answer, grant) => call('POST', path(id, '/activate'), { body: answer, grant });
export const change = (id, body) => call('PATCH', path(id), { body });
export const remove = (id, grant) => call('DELETE', path(id), { grant });
