import { call } from './api.js';
import { ask } from './dialog.js';
import { active } from './factors.js';
import { showGrant } from './grant-panel.js';
import { canRecover } from './readiness.js';
import { redeem } from './redeem.js';
import { renew, subject } from './session.js';
import { stepUp } from './stepup.js';

/** The person turned away: no error, and nothing to say about it. */
export class Dismissed extends Error {
  name = 'Dismissed';
}

/**
 * Makes a change that may need a grant. When Stile asks for one, the step-up dialog opens and the
 * change is repeated with what it gave. The grant stays in `proof`, because the same one serves the
 * creation of a factor and its activation, and a change that was refused did not use it up.
 *
 * @param {(grant?: string) => Promise<any>} change
 * @param {{grant?: string}} proof
 */
export async function confirmed(change, proof) {
  try {
    return await change(proof.grant);
  } catch (problem) {
    if (problem.code === 'grant_consumed') {
      proof.grant = undefined;
    }
    if (problem.code !== 'insufficient_user_authentication') {
      throw problem;
    }
    proof.grant = await prove(problem);
    return change(proof.grant);
  }
}

const WHY = 'Whoever changes your factors must be you: prove it with one that you have.';

/** With a factor, prove it; before the first one only a fresh sign-in can be asked for. */
async function prove({ body }) {
  if (active().length === 0) {
    await signInAgain('Adding your first factor needs a sign-in that is at most five minutes old.');
    return undefined;
  }
  const action = body.action ?? 'manage-factors';
  const request = { action, ...(body.acr_values && { acr_values: body.acr_values }) };
  const recover = canRecover() ? redeem : undefined;
  const result = await stepUp((next) => call('POST', '/v1/challenges', { body: { ...request, next } }), { why: WHY, recover });
  if (!result) {
    throw new Dismissed();
  }
  showGrant(result, undefined);
  return result.grant.token;
}

export async function signInAgain(reason) {
  const yes = await ask({
    title: 'Sign in again', testid: 'sign-in-again', yes: `Sign in as ${subject()}`, text: [reason], fallbackFocus: 'factors-title',
  });
  if (!yes) {
    throw new Dismissed();
  }
  await renew();
}
