// A login flow that asks Stile for its second factor, by the door of back ends.
//   node samples/login.mjs
import { randomUUID } from 'node:crypto';
import { codeSentTo, moveClock } from './lib/local.mjs';
import { asBackEnd } from './lib/stile.mjs';

/** After the password: asks for a factor. Answers what the page needs to ask the user for it. */
export async function begin(user, endUserIp) {
  const challenge = await asBackEnd(user)('POST', '/v1/challenges', {
    action: 'login',
    end_user_ip: endUserIp,
  });
  return { id: challenge.id, type: challenge.factor.type, hint: challenge.factor.hint };
}

/** The user's answer: a grant, or undefined where the answer was wrong. */
export async function finish(user, challenge, code) {
  try {
    const verdict = await asBackEnd(user)('POST', `/v1/challenges/${challenge}/verify`, { code });
    return verdict.grant;
  } catch (e) {
    if (e.problem?.code === 'code_incorrect') return undefined;
    throw e;
  }
}

// What follows plays the user.
const user = `sample-${randomUUID()}`;
const phone = `+4179${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`;
const call = asBackEnd(user);
const factor = await call('POST', '/v1/factors', { type: 'sms', phone });
await call('POST', `/v1/factors/${factor.id}/activate`, { code: await codeSentTo(phone) });
console.log('Ann has the password right and a phone on file.');
const { now } = await moveClock('PT31S'); // a number gets one code in 30 seconds

const asked = await begin(user, '203.0.113.7');
console.log(`A code goes to ${asked.hint}.`);
const code = await codeSentTo(phone, now);
const wrong = code === '000000' ? '000001' : '000000';
console.log(`Wrong code: ${(await finish(user, asked.id, wrong)) ? 'let in' : 'not let in'}.`);
const grant = await finish(user, asked.id, code);
console.log(`Right code: let in, acr ${grant.acr}, amr ${grant.amr.join(' ')}.`);
