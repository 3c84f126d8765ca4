// Is this phone yours? A code to a number, and nothing else.
//   node samples/phone.mjs
import { randomUUID } from 'node:crypto';
import { codeSentTo } from './lib/local.mjs';
import { asBackEnd } from './lib/stile.mjs';

/** Sends a code to a number that somebody typed. */
export async function ask(user, phone) {
  const factor = await asBackEnd(user)('POST', '/v1/factors', { type: 'sms', phone });
  return factor.id;
}

/** Whether the code is the one that was sent there. */
export async function isTheirs(user, id, code) {
  try {
    const factor = await asBackEnd(user)('POST', `/v1/factors/${id}/activate`, { code });
    return factor.status === 'active';
  } catch (e) {
    if (e.problem?.code === 'code_incorrect') return false;
    throw e;
  }
}

// What follows plays the user.
const user = `sample-${randomUUID()}`;
const phone = `+4179${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`;
const id = await ask(user, phone);
const code = await codeSentTo(phone);
const wrong = code === '000000' ? '000001' : '000000';
console.log(`Wrong code: ${(await isTheirs(user, id, wrong)) ? 'theirs' : 'not theirs'}.`);
console.log(`Right code: ${(await isTheirs(user, id, code)) ? 'theirs' : 'not theirs'}.`);
